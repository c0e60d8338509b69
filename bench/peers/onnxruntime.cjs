// SPDX-License-Identifier: BSL-1.0
// ONNX Runtime's end of the pipe: `node onnxruntime.cjs --version` prints its version,
// `node onnxruntime.cjs FOLDER '{"batch": 1, "heads": 8, ...}'` reads q, k, v and slope from files of the folder, chooses
// the operator that is fastest for this attention, and then answers lines:
//   run N    seconds of N runs, measured around session.run
//   store    "stored", once the output of the last run is in the file o
// Needs the package onnxruntime-node (./install). Every model is one node, encoded here.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');
const ort = require('onnxruntime-node');

// Protocol buffers: numbers, and fields that have a length, are all that a model needs.
const varint = (n) => {
    const bytes = [];
    for (n = BigInt(n); n > 127n; n >>= 7n) bytes.push(Number(n & 127n) | 128);
    return Buffer.from([...bytes, Number(n)]);
};
const number = (field, n) => Buffer.concat([varint(field << 3), varint(n)]);
const block = (field, x) => {
    const bytes = Buffer.from(x);
    return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
};
const float = (field, x) => {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(x);
    return Buffer.concat([varint((field << 3) | 5), bytes]);
};
const join = (...parts) => Buffer.concat(parts);
const whole = (name, n) => block(5, join(block(1, name), number(3, n), number(20, 2))); // AttributeProto INT
const real = (name, x) => block(5, join(block(1, name), float(2, x), number(20, 1))); // AttributeProto FLOAT
const types = { float32: 1, int32: 6 };

/// `tensors` are the node's inputs in order, null where there is none; `outputs` are extents by name.
function model(operator, domain, attributes, tensors, outputs) {
    const value = (name, type, extents) =>
        join(block(1, name), block(2, block(1, join(number(1, types[type]),
                                                    block(2, join(...extents.map((n) => block(1, number(1, n)))))))));
    const node = join(...Object.keys(tensors).map((name) => block(1, tensors[name] ? name : '')),
                      ...Object.keys(outputs).map((name) => block(2, name)), block(4, operator), ...attributes,
                      block(7, domain));
    const graph = join(block(1, node), block(2, 'attention'),
                       ...Object.entries(tensors).filter(([, x]) => x)
                           .map(([name, x]) => block(11, value(name, x.type, x.dims))),
                       ...Object.entries(outputs).map(([name, extents]) => block(12, value(name, 'float32', extents))));
    const operators = (domain, version) => block(8, join(block(1, domain), number(2, version)));
    return join(number(1, 10), block(7, graph), operators('', 23), operators('com.microsoft', 1));
}

const tensor = (data, dims) => new ort.Tensor(data instanceof Int32Array ? 'int32' : 'float32', data, dims);

/// (batch, heads, rows, features) as (batch, rows, heads * features), and back.
function swap(x, batch, heads, rows, features) {
    const found = new Float32Array(x.length);
    for (let b = 0; b < batch; ++b)
        for (let h = 0; h < heads; ++h)
            for (let row = 0; row < rows; ++row) {
                const from = ((b * heads + h) * rows + row) * features;
                found.set(x.subarray(from, from + features), ((b * rows + row) * heads + h) * features);
            }
    return found;
}

/// The operators that compute an attention, each with its node, its tensors, and the way back to our layout of o. The
/// queries of a group are rows of one matrix, except where an operator has groups of its own.
function candidates(a, { q, k, v, slope }) {
    const { batch, heads, group, queries, keys, features } = a;
    const rows = group * queries, masked = a.causal || a.window > 0;
    const standard = (operator, names, tensors, heads, rows) => ({
        operator,
        model: (outputs) => model(operator, '', names, tensors, outputs), tensors,
        outputs: { o: [batch, heads, rows, features] },
        back: (o) => o,
    });
    const microsoft = (operator, names, tensors, heads, rows, more) => ({
        operator,
        model: (outputs) => model(operator, 'com.microsoft', [whole('num_heads', heads), ...names], tensors, outputs),
        tensors,
        outputs: { o: [batch, rows, heads * features], ...more },
        back: (o) => swap(o, batch, rows, heads, features),
    });
    const kv = { k: tensor(k, [batch, heads, keys, features]), v: tensor(v, [batch, heads, keys, features]) };
    const side_by_side = (x, heads, rows) =>
        tensor(swap(x, batch, heads, rows, features), [batch, rows, heads * features]);
    const found = [];
    if (a.window === 0) {
        const names = [whole('is_causal', a.causal ? 1 : 0)];
        const tensors = { q: tensor(q, [batch, heads, rows, features]), ...kv };
        if (a.softcap > 0) names.push(real('softcap', a.softcap));
        if (a.alibi) {
            tensors.mask = tensor(new Float32Array(heads * rows * keys), [1, heads, rows, keys]);
            for (let i = 0, h = 0; h < heads; ++h)
                for (let row = 0; row < rows; ++row)
                    for (let key = 0; key < keys; ++key, ++i) tensors.mask.data[i] = slope[h] * (key - row);
        }
        found.push(standard('Attention', names, tensors, heads, rows));
        if (group > 1) {
            const all = heads * group;
            found.push(standard('Attention', names,
                                { q: tensor(q, [batch, all, queries, features]), ...kv }, all, queries));
        }
    }
    if (a.softcap > 0 || a.alibi) return found;
    if (!masked) {
        found.push(microsoft('MultiHeadAttention', [], { q: side_by_side(q, heads, rows), ...kv }, heads, rows));
        found.push(microsoft('MultiHeadAttention', [],
                             { q: side_by_side(q, heads, rows), k: side_by_side(k, heads, keys),
                               v: side_by_side(v, heads, keys) }, heads, rows));
    }
    // Causal always, from the last key on; it writes keys and values to a cache, which is part of its time.
    if (masked ? queries === keys : queries === 1) {
        const all = heads * group, old = keys - queries;
        const part = (x, first, last) => { // keys [first, last)
            const found = new Float32Array(batch * heads * (last - first) * features);
            for (let h = 0; h < batch * heads; ++h)
                found.set(x.subarray((h * keys + first) * features, (h * keys + last) * features),
                          h * (last - first) * features);
            return found;
        };
        const names = [whole('kv_num_heads', heads)];
        if (a.window > 0) names.push(whole('local_window_size', a.window));
        found.push(microsoft('GroupQueryAttention', names, {
            q: side_by_side(q, all, queries),
            k: side_by_side(part(k, old, keys), heads, queries),
            v: side_by_side(part(v, old, keys), heads, queries),
            old_k: old ? tensor(part(k, 0, old), [batch, heads, old, features]) : null,
            old_v: old ? tensor(part(v, 0, old), [batch, heads, old, features]) : null,
            last: tensor(new Int32Array(batch).fill(keys - 1), [batch]),
            keys: tensor(Int32Array.of(keys), [1]),
        }, all, queries, { all_k: [batch, heads, keys, features], all_v: [batch, heads, keys, features] }));
    }
    return found;
}

async function start(candidate, threads) {
    const session = await ort.InferenceSession.create(candidate.model(candidate.outputs), {
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        logSeverityLevel: 3, // it infers the extents of a cache without the new keys, and says so
        extra: { session: { force_spinning_stop: '1' } }, // its threads leave the processors to the others after a run
    });
    const feeds = Object.fromEntries(Object.entries(candidate.tensors).filter(([, x]) => x));
    const extents = candidate.outputs.o;
    const o = new Float32Array(extents.reduce((x, y) => x * y, 1));
    const fetches = { o: tensor(o, extents) };
    return {
        operator: candidate.operator,
        run: async (times) => {
            const begin = process.hrtime.bigint();
            for (let i = 0; i < times; ++i) await session.run(feeds, fetches);
            return Number(process.hrtime.bigint() - begin) * 1e-9;
        },
        output: () => candidate.back(o),
    };
}

async function main() {
    if (process.argv[2] === '--version') return console.log(ort.env.versions.node);
    const folder = process.argv[2], what = JSON.parse(process.argv[3]);
    const read = (name) => {
        const bytes = fs.readFileSync(path.join(folder, name));
        return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    };
    const operands = { q: read('q'), k: read('k'), v: read('v'), slope: read('slope') };
    let best = null, least = Infinity;
    for (const each of candidates(what, operands)) {
        const session = await start(each, what.threads);
        await session.run(1);
        const seconds = Math.min(await session.run(1), await session.run(1), await session.run(1));
        if (seconds < least) [best, least] = [session, seconds];
    }
    if (!best) return console.log('none');
    console.log(best.operator);
    for await (const line of readline.createInterface({ input: process.stdin })) {
        const [order, times] = line.split(' ');
        if (order === 'run') {
            console.log(await best.run(Number(times)));
        } else {
            fs.writeFileSync(path.join(folder, 'o'), best.output());
            console.log('stored');
        }
    }
}

main().catch((error) => {
    console.error(error.message);
    process.exit(1);
});
