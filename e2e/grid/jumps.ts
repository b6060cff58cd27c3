import type { SheetPage } from './sheet.ts';

/** Longest wait for the rows of one jump before they count as missing. */
const PATIENCE_MS = 3_000;

/** Jumps all over the view on a processor slowed to a third; how many jumps ended without their row on screen. */
export async function blankJumps(sheet: SheetPage, rows: number, jumps: number): Promise<number> {
  const session = await sheet.page.context().newCDPSession(sheet.page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 3 });
  const blank = await sheet.page.evaluate(jumpAbout, { rows, jumps, patience: PATIENCE_MS });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();
  return blank;
}

/** Runs in the page. */
async function jumpAbout(options: { rows: number; jumps: number; patience: number }): Promise<number> {
  const frame = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => resolve());
    });
  const shown = (row: number): boolean => {
    const cell = document.querySelector(`.ag-row[row-index="${row}"] .ag-cell[col-id="price"]`);
    return cell !== null && !cell.classList.contains('qs-loading') && cell.textContent !== '';
  };
  let missing = 0;
  for (let jump = 0; jump < options.jumps; jump += 1) {
    const row = (jump * 104_729) % options.rows;
    window.harness.grid?.goToRow(row, 'price');
    const deadline = performance.now() + options.patience;
    while (!shown(row) && performance.now() < deadline) await frame();
    if (!shown(row)) missing += 1;
  }
  return missing;
}
