import { median } from '../measure.mjs';

const NAMES = { bare: 'bare AG Grid', glide: 'Glide Data Grid', revo: 'RevoGrid' };

const WORKS = [
  ['mount', 'open 250,000 x 40'],
  ['vertical', 'scroll down 64 px a frame, CPU a frame'],
  ['horizontal', 'scroll sideways 40 px a frame, CPU a frame'],
  ['fast', 'scroll down 640 px a frame, CPU a frame'],
  ['jump', 'jump until real rows show'],
  ['selectAll', 'select all, from the key to the paint'],
  ['pasteWide', 'paste 10,000 x 5, from the key to the paint'],
  ['pasteLong', 'paste 100,000 cells, from the key to the paint'],
  ['fill', 'fill 100,000 cells down, from the key to the paint'],
  ['find', 'find a code of the last of 250,000 rows (ours in the engine)'],
];

const rounded = (value) => Math.round(value * 100) / 100;

/** Ratios of our median to theirs; what a grid cannot do has no line. */
export function gridRows(raw) {
  const rows = [];
  for (const [name, work] of WORKS) {
    const measured = raw[name];
    const own = median(measured.sheet);
    for (const [kind, label] of Object.entries(NAMES)) {
      if (!measured[kind]) continue;
      const other = median(measured[kind]);
      rows.push({
        work,
        measured: `of ${label}`,
        value: rounded(own / other),
        unit: 'x',
        budget: null,
        note: `${rounded(own)} : ${rounded(other)} ms`,
      });
    }
  }
  for (const name of ['undoWide', 'undoLong']) {
    const work = name === 'undoWide' ? 'undo of 10,000 x 5' : 'undo of 100,000 cells';
    const value = rounded(median(raw[name].sheet));
    rows.push({
      work,
      measured: 'from the key to the paint; no other has it',
      value,
      unit: 'ms',
      budget: null,
    });
  }
  for (const [kind, values] of Object.entries(raw.longTasks)) {
    const value = values.reduce((sum, count) => sum + count, 0);
    rows.push({
      work: 'smooth scrolling, tasks over 50 ms',
      measured: NAMES[kind] ?? 'Quayside',
      value,
      unit: '',
      budget: null,
    });
  }
  return rows;
}
