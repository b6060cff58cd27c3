// Plays random and damaged calls against an engine and judges every answer.
import { z } from 'zod';
import { METHODS } from '../../shared/contract/methods.ts';
import { fitting, mutate, Pools } from './generate.mjs';
import { nasty, nastyText } from './nasty.mjs';
import { Random } from './random.mjs';
import { FuzzSession } from './session.mjs';
import { startWatchdog } from './watchdog.mjs';
import { openWorld } from './world.mjs';

/** A cancelled or plain call has to be answered by then. */
const LIMIT_MS = 20_000;
const HANG_MS = 60_000;
/** Methods that copy the whole workspace or read it all: less often, so that the rest gets its share. */
const HEAVY = new Set([
  'workspace.backup',
  'workspace.verify',
  'inventory.verify',
  'export.run',
  'sync.pull',
]);
/** Methods that lengthen lists for good. */
const GROWING = new Set([
  'inventory.addLocation',
  'channels.add',
  'inventory.addBin',
  'inventory.startCount',
]);
const RARELY = 0.06;

function schemas() {
  return Object.entries(METHODS).map(([name, method]) => ({
    name,
    kind: method.kind,
    schema: z.toJSONSchema(method.input, { unrepresentable: 'any', io: 'input' }),
  }));
}

function chooseMethod(methods, random) {
  for (;;) {
    const method = random.pick(methods);
    const rare = HEAVY.has(method.name) || GROWING.has(method.name);
    if (!rare || random.chance(RARELY)) return method;
  }
}

/** The next call; about a third fit their schema, the others carry one to three changes. */
function nextCall(methods, tools) {
  const { random } = tools;
  const { name, kind, schema } = chooseMethod(methods, random);
  let params = fitting(schema, '', tools);
  const changes = random.chance(0.4) ? 0 : random.int(1, 3);
  for (let done = 0; done < changes; done += 1) params = mutate(params, tools);
  const method = random.chance(0.01) ? nastyText(random).slice(0, 100) : name;
  const extra = kind === 'command' && random.chance(0.2) ? { requestId: random.uuid() } : {};
  return { method, params: copied(params), extra };
}

/** What arrives on a port is a copy; what cannot be copied never arrives. */
function copied(value) {
  try {
    return structuredClone(value);
  } catch {
    return null;
  }
}

/** A message that is no proper envelope. */
function rawMessage(random) {
  const message = { v: 1, id: 1_000_000 + random.int(0, 999), method: 'status.get', params: {} };
  const key = random.pick(['v', 'id', 'method', 'params', 'requestId', 'cancel', 'extra', '__proto__', '']);
  if (key === '') return copied(nasty(random));
  const value = copied(nasty(random));
  return random.chance(0.2) ? { [key]: value } : { ...message, [key]: value };
}

/**
 * @param {{ calls: number, seed: number, log?: (line: string) => void }} options
 * @returns {Promise<{ calls: number, raw: number, codes: Record<string, number>, methods: Record<string, number>, violations: { what: string, detail: string }[], slowest: { method: string, ms: number }, seconds: number }>}
 */
export async function runFuzz({ calls, seed, log = () => undefined }) {
  const random = new Random(seed);
  const pools = new Pools(random);
  const tools = { random, pools };
  const methods = schemas();
  const report = { calls: 0, raw: 0, codes: {}, methods: {}, violations: [], slowest: { method: '', ms: 0 } };
  let current = '';
  const violate = (what, detail) => {
    report.violations.push({ what, detail: `${current} ${detail}` });
    log(`VIOLATION ${what}: ${current} ${detail}`);
  };
  const escaped = (error) =>
    violate('escaped', error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.on('uncaughtException', escaped);
  process.on('unhandledRejection', escaped);

  const began = performance.now();
  const world = await openWorld(seed);
  const watchdog = startWatchdog({ seed, limitMs: HANG_MS });
  const session = new FuzzSession(world.engine, { onViolation: violate, limitMs: LIMIT_MS });

  const judge = ({ method, params }, { reply, ms }) => {
    if (ms > report.slowest.ms) report.slowest = { method, ms: Math.round(ms) };
    const code = reply === null ? 'NO_ANSWER' : reply.ok ? 'ok' : reply.error.code;
    report.codes[code] = (report.codes[code] ?? 0) + 1;
    if (code === 'ok') report.methods[method] = (report.methods[method] ?? 0) + 1;
    if (code === 'NO_ANSWER') violate('no answer', `${method} ${show(params)}`);
    if (code === 'INTERNAL')
      violate('INTERNAL', `${method} ${show(params)}: ${reply.error.message.slice(0, 400)}`);
    if (reply?.ok) pools.harvest(reply.result);
  };

  try {
    let accountId;
    for (const [method, params] of world.opening) {
      const outcome = await session.call(method, params(accountId));
      if (!outcome.reply?.ok) throw new Error(`${String(method)}: ${show(outcome.reply)}`);
      accountId ??= outcome.reply.result.accountId;
      pools.harvest(outcome.reply.result);
    }
    while (report.calls < calls) {
      const together = random.chance(0.03) ? random.int(2, 6) : 1;
      const batch = Array.from({ length: together }, () => nextCall(methods, tools));
      current = `call ${report.calls}`;
      const outcomes = await Promise.all(
        batch.map(({ method, params, extra }) => session.call(method, params, extra)),
      );
      for (const [index, outcome] of outcomes.entries()) judge(batch[index], outcome);
      report.calls += together;
      if (random.chance(0.1)) {
        session.raw(rawMessage(random));
        report.raw += 1;
      }
      watchdog.beat(report.calls);
      if (Math.floor(report.calls / 5_000) !== Math.floor((report.calls - together) / 5_000))
        log(`${report.calls} calls, ${Math.round((performance.now() - began) / 1_000)} s`);
    }
    current = 'at the end:';
    const { reply } = await session.call('workspace.verify', {});
    const wrong = reply?.ok ? reply.result.checks.filter(({ ok }) => !ok) : [reply];
    if (wrong.length > 0 || !reply.result.ok) violate('workspace.verify', JSON.stringify(wrong));
    const ledger = await session.call('inventory.verify', {});
    if (ledger.reply?.ok !== true || ledger.reply.result.ok === false)
      violate('inventory.verify', show(ledger.reply));
    if ({}.polluted !== undefined) violate('prototype', 'Object.prototype was changed');
  } finally {
    await session.close();
    await world.close();
    await watchdog.stop();
    process.off('uncaughtException', escaped);
    process.off('unhandledRejection', escaped);
  }
  return { ...report, seconds: Math.round((performance.now() - began) / 100) / 10 };
}

function show(value) {
  try {
    return JSON.stringify(value, (_key, entry) => {
      if (typeof entry === 'bigint') return `${entry}n`;
      return typeof entry === 'string' && entry.length > 120
        ? `${entry.slice(0, 60)}… (${entry.length})`
        : entry;
    })?.slice(0, 600);
  } catch (error) {
    return `(cannot be shown: ${error.message})`;
  }
}
