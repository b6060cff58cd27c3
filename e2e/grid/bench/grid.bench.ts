import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { blankJumps } from '../jumps.ts';
import { expect, test } from '../sheet.ts';
import type { SheetPage } from '../sheet.ts';
import { heapMb, jumpTimes, pasteTimes, scrollFrames, selectAllTimes } from './page-measures.ts';

const ROWS = 250_000;
const ROUNDS = 3;
const FRAMES = 120;
/** Neighbours in the sheet. */
const PASTE_KEYS = ['price', 'salePrice', 'quantity', 'status', 'manageStock'];
const OUT =
  process.env['GRID_BENCH_JSON'] ?? fileURLToPath(new URL('../../../out/grid-bench.json', import.meta.url));

interface Row {
  readonly work: string;
  readonly measured: string;
  readonly value: number;
  readonly unit: 'x' | 'ms' | 'MB' | '';
  readonly budget: number | null;
}

const raw = {
  mount: { sheet: [] as number[], bare: [] as number[] },
  vertical: { sheet: [] as number[], bare: [] as number[] },
  horizontal: { sheet: [] as number[], bare: [] as number[] },
  jump: { sheet: [] as number[], bare: [] as number[] },
  fps: { sheet: [] as number[], bare: [] as number[] },
  longTasks: { sheet: 0, bare: 0 },
  selectAll: [] as number[],
  paste: [] as number[],
  undo: [] as number[],
  tablePaste: [] as number[],
  tableUndo: [] as number[],
  heap: { sheet: 0, bare: 0 },
  blankJumps: 0,
};

async function open(sheet: SheetPage, kind: 'sheet' | 'bare', query: string): Promise<number> {
  await sheet.page.goto('about:blank');
  await sheet.page.goto(`/?${query}${kind === 'bare' ? '&bare' : ''}`);
  await sheet.settled();
  return sheet.page.evaluate(() => {
    const at = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
    return at('rows painted') - at('render');
  });
}

/** One round of what both grids can do; the rounds alternate, so a slow minute hits both. */
async function round(sheet: SheetPage, kind: 'sheet' | 'bare'): Promise<void> {
  raw.mount[kind].push(await open(sheet, kind, `rows=${ROWS}&columns=40`));
  const { page } = sheet;
  await scrollFrames(page, { axis: 'vertical', step: 64, frames: 30 });
  const vertical = await scrollFrames(page, { axis: 'vertical', step: 64, frames: FRAMES });
  const horizontal = await scrollFrames(page, { axis: 'horizontal', step: 40, frames: FRAMES });
  raw.vertical[kind].push(vertical.cpu);
  raw.horizontal[kind].push(horizontal.cpu);
  raw.fps[kind].push(vertical.fps);
  raw.longTasks[kind] += vertical.longTasks;
  raw.jump[kind].push(...(await jumpTimes(page, ROWS, 20)));
}

test('the spreadsheet against a bare grid', async ({ sheet }) => {
  const { page } = sheet;
  await page.addInitScript(markFirstRows);
  for (let i = 0; i < ROUNDS; i += 1) {
    await round(sheet, 'bare');
    await round(sheet, 'sheet');
  }
  await open(sheet, 'sheet', `rows=${ROWS}&columns=40`);
  raw.selectAll.push(...(await selectAllTimes(page, 20)));
  for (let i = 0; i < 5; i += 1) {
    await open(sheet, 'sheet', 'rows=100000&columns=40');
    const times = await pasteTimes(page, 10_000, PASTE_KEYS);
    raw.paste.push(times.paste);
    raw.undo.push(times.undo);
    raw.tablePaste.push(times.tablePaste);
    raw.tableUndo.push(times.tableUndo);
  }
  for (const kind of ['bare', 'sheet'] as const) {
    await open(sheet, kind, 'rows=100000&columns=40');
    raw.heap[kind] = await heapMb(page);
  }
  await open(sheet, 'sheet', `rows=${ROWS}&columns=20`);
  raw.blankJumps = await blankJumps(sheet, ROWS, 200);

  const rows = report();
  writeFileSync(OUT, `${JSON.stringify({ rows, raw }, null, 2)}\n`);
  expect(raw.blankJumps).toBe(0);
});

/** Runs in the page before its scripts: marks the frame in which the first rows have their values. */
function markFirstRows(): void {
  const look = (): void => {
    const cell = document.querySelector('.ag-row .ag-cell[col-id="price"]');
    if (cell && !cell.classList.contains('qs-loading') && cell.textContent !== '') {
      performance.mark('rows painted');
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}

function report(): Row[] {
  const versus = (of: { sheet: number[]; bare: number[] }): number => median(of.sheet) / median(of.bare);
  const row = (
    work: string,
    measured: string,
    value: number,
    unit: Row['unit'],
    budget: number | null,
  ): Row => ({
    work,
    measured,
    value: Math.round(value * 100) / 100,
    unit,
    budget,
  });
  return [
    row(
      'open 250,000 x 40 in the grid',
      'until rows are painted, of bare AG Grid',
      versus(raw.mount),
      'x',
      1.3,
    ),
    row('scroll 250,000 x 40 down', 'CPU a frame, of bare AG Grid', versus(raw.vertical), 'x', 1.15),
    row('scroll 250,000 x 40 sideways', 'CPU a frame, of bare AG Grid', versus(raw.horizontal), 'x', 1.2),
    row('smooth scrolling', 'tasks over 50 ms', raw.longTasks.sheet, '', 0),
    row(
      'jump in 250,000 rows',
      'until real rows show, of a grid that holds all rows',
      versus(raw.jump),
      'x',
      1.5,
    ),
    row('select all 250,000 x 40', 'until painted', median(raw.selectAll), 'ms', 16),
    row('paste 10,000 x 5 in the grid', 'until painted', median(raw.paste), 'ms', null),
    row(
      'paste 10,000 x 5 in the grid',
      'without the write itself',
      Math.max(0, median(raw.paste) - median(raw.tablePaste)),
      'ms',
      100,
    ),
    row(
      'undo of it in the grid',
      'without the write itself',
      Math.max(0, median(raw.undo) - median(raw.tableUndo)),
      'ms',
      50,
    ),
    row('hold 100,000 listings in the grid', 'JavaScript heap', raw.heap.sheet, 'MB', 60),
    row('200 jumps at a third of the speed', 'views left blank', raw.blankJumps, '', 0),
  ];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
