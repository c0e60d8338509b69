# SPDX-License-Identifier: BSL-1.0
"""run.py WAY SOURCE COMPILER...: builds and runs consumer/ outside the tree against heed, by one WAY of using it:
pkg-config, cmake (an installed copy), meson (a subproject) or copy (headers copied into one folder)."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


def run(*command, **more):
    print("+", *command, flush=True)
    return subprocess.run([str(word) for word in command], check=True, **more)


def installed(source, work, compiler):
    run("meson", "setup", work / "build", source, "--prefix", work / "prefix", "-Dtests=disabled",
        "-Dsamples=disabled", "-Dbenchmarks=disabled", env={**os.environ, "CXX": " ".join(compiler)})
    run("meson", "install", "-C", work / "build", "--quiet")
    return work / "prefix"


def by_pkg_config(source, work, compiler):
    share = installed(source, work, compiler) / "share" / "pkgconfig"
    flags = run("pkg-config", "--cflags", "--libs", "heed", stdout=subprocess.PIPE, text=True,
                env={**os.environ, "PKG_CONFIG_PATH": str(share)}).stdout.split()
    run(*compiler, "-std=c++20", "-O1", "main.cpp", *flags, "-o", "consumer", cwd=work / "consumer")
    return work / "consumer" / "consumer"


def by_cmake(source, work, compiler):
    prefix = installed(source, work, compiler)
    # Moved after it was installed: nothing in it may point to where it was.
    prefix = prefix.rename(work / "moved")
    run("cmake", "-G", "Ninja", "-S", work / "consumer", "-B", work / "cmake",
        f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler[0]}")
    run("cmake", "--build", work / "cmake")
    return work / "cmake" / "consumer"


def by_meson(source, work, compiler):
    subproject = work / "consumer" / "subprojects" / "heed"
    subproject.mkdir(parents=True)
    for name in ("meson.build", "meson_options.txt"):
        shutil.copy(source / name, subproject)
    for name in ("include", "dsl"):
        shutil.copytree(source / name, subproject / name)
    run("meson", "setup", work / "meson", work / "consumer", "--wrap-mode=nodownload",
        env={**os.environ, "CXX": " ".join(compiler), "PKG_CONFIG_PATH": ""})
    run("meson", "compile", "-C", work / "meson", "consumer")
    return work / "meson" / "consumer"


def by_copy(source, work, compiler):
    together = work / "together"
    for base in ("include", "dsl"):
        shutil.copytree(source / base, together, dirs_exist_ok=True)
    run(*compiler, "-std=c++20", "-O1", f"-I{together}", "main.cpp", "-o", "consumer", cwd=work / "consumer")
    return work / "consumer" / "consumer"


WAYS = {"pkg-config": by_pkg_config, "cmake": by_cmake, "meson": by_meson, "copy": by_copy}

if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent
    for name in ("CXXFLAGS", "CPPFLAGS", "LDFLAGS", "DESTDIR"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as folder:
        outside = pathlib.Path(folder)
        shutil.copytree(here / "consumer", outside / "consumer")
        run(WAYS[sys.argv[1]](pathlib.Path(sys.argv[2]), outside, sys.argv[3:]))
