import type { Text } from './text.ts';

interface Pattern {
  /** How the engine writes it; groups are the facts. */
  readonly engine: RegExp;
  readonly key: string;
  readonly facts: readonly string[];
}

/** Names that the engine gives to commands itself; what a screen or a person called a command fits none of them. */
const PATTERNS: readonly Pattern[] = [
  { engine: /^Pick order (.+)$/, key: 'pickOrder', facts: ['name'] },
  { engine: /^Pack order (.+)$/, key: 'packOrder', facts: ['name'] },
  { engine: /^Ship order (.+)$/, key: 'shipOrder', facts: ['name'] },
  { engine: /^Pick (\S+)$/, key: 'pick', facts: ['name'] },
  { engine: /^Pack (\S+)$/, key: 'pack', facts: ['name'] },
  { engine: /^Report missing units of order (.+)$/, key: 'missing', facts: ['name'] },
  { engine: /^Ship orders from a list$/, key: 'shipList', facts: [] },
  { engine: /^Take a shipment back$/, key: 'unship', facts: [] },
  { engine: /^Start count (.+)$/, key: 'startCount', facts: ['name'] },
  { engine: /^Finish count (.+)$/, key: 'finishCount', facts: ['name'] },
  { engine: /^Count (\d+) entries$/, key: 'count', facts: ['count'] },
  { engine: /^Add location (.+)$/, key: 'addLocation', facts: ['name'] },
  { engine: /^Add bin (.+)$/, key: 'addBin', facts: ['name'] },
  { engine: /^Move (\d+) of (.+)$/, key: 'move', facts: ['count', 'name'] },
  { engine: /^Opening stock from (.+)$/, key: 'opening', facts: ['name'] },
  { engine: /^Receive (\d+) units$/, key: 'receive', facts: ['count'] },
  { engine: /^Change a stock rule$/, key: 'rule', facts: [] },
  { engine: /^Send a transfer$/, key: 'sendTransfer', facts: [] },
  { engine: /^Book a transfer in$/, key: 'bookTransfer', facts: [] },
  { engine: /^Import (\S+\.\w+)$/, key: 'import', facts: ['name'] },
  { engine: /^Deleted in (.+)$/, key: 'deletedIn', facts: ['name'] },
  { engine: /^Changes in (.+)$/, key: 'changesIn', facts: ['name'] },
  { engine: /^Orders of (.+)$/, key: 'ordersOf', facts: ['name'] },
  { engine: /^Back to (\d{4}-\d\d-\d\dT[\d:.]+Z)$/, key: 'backTo', facts: ['at'] },
  { engine: /^Paste (\d+) x (\d+)$/, key: 'paste', facts: ['rows', 'columns'] },
  { engine: /^Clear (\d+) cells$/, key: 'clear', facts: ['count'] },
  { engine: /^Set (\d+) cells$/, key: 'set', facts: ['count'] },
];

const COUNTS: ReadonlySet<string> = new Set(['count', 'rows', 'columns']);

/** The name of a command in the person's language; names that people and screens gave stay as they are. */
export function commandLabel(label: string, t: Text): string {
  for (const { engine, key, facts } of PATTERNS) {
    const match = engine.exec(label);
    if (!match) continue;
    const values = facts.map((fact, index): [string, string | number | Date] => {
      const text = match[index + 1] ?? '';
      if (fact === 'at') return [fact, new Date(text)];
      return [fact, COUNTS.has(fact) ? Number(text) : text];
    });
    return t(`history.command.${key}`, Object.fromEntries(values));
  }
  return label;
}

/** Keys of the texts that {@link commandLabel} uses. */
export const COMMAND_KEYS: readonly string[] = PATTERNS.map(({ key }) => `history.command.${key}`);
