import type { Page } from '@playwright/test';

declare global {
  interface Window {
    bareGrid?: {
      ensureIndexVisible(row: number, position: 'middle'): void;
    };
  }
}

export interface Frames {
  /** Main-thread time per frame, ms. */
  readonly cpu: number;
  readonly fps: number;
  /** Tasks over 50 ms. */
  readonly longTasks: number;
}

/** Scrolls so many pixels each frame and says what a frame costs the main thread. */
export async function scrollFrames(
  page: Page,
  options: { axis: 'vertical' | 'horizontal'; step: number; frames: number },
): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const before = await busy();
  const { elapsed, longTasks } = await page.evaluate(scroll, options);
  const cpu = (await busy()) - before;
  await session.detach();
  return { cpu: (cpu * 1000) / options.frames, fps: (options.frames * 1000) / elapsed, longTasks };
}

/** Runs in the page. */
async function scroll(options: {
  axis: 'vertical' | 'horizontal';
  step: number;
  frames: number;
}): Promise<{ elapsed: number; longTasks: number }> {
  const viewport = document.querySelector('.ag-grid-viewport');
  if (!viewport) throw new Error('The grid has no viewport');
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => {
    longTasks += list.getEntries().length;
  });
  observer.observe({ entryTypes: ['longtask'] });
  const started = performance.now();
  let direction = 1;
  for (let frame = 0; frame < options.frames; frame += 1) {
    if (options.axis === 'vertical') viewport.scrollTop += options.step;
    else {
      const before = viewport.scrollLeft;
      viewport.scrollLeft += direction * options.step;
      if (viewport.scrollLeft === before) direction = -direction;
    }
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
  }
  const elapsed = performance.now() - started;
  observer.disconnect();
  return { elapsed, longTasks };
}

/** Milliseconds of each jump from the call until the row's value is in the document. */
export async function jumpTimes(page: Page, rows: number, jumps: number): Promise<number[]> {
  return page.evaluate(
    async (options) => {
      const shown = (row: number): boolean => {
        const cell = document.querySelector(`.ag-row[row-index="${row}"] .ag-cell[col-id="price"]`);
        return cell !== null && !cell.classList.contains('qs-loading') && cell.textContent !== '';
      };
      // The column that is looked at must be in view: sideways scrolling may have left it.
      const viewport = document.querySelector('.ag-grid-viewport');
      if (viewport) viewport.scrollLeft = 0;
      const times: number[] = [];
      for (let jump = 1; jump <= options.jumps; jump += 1) {
        const row = (jump * 104_729) % options.rows;
        const started = performance.now();
        if (window.bareGrid) window.bareGrid.ensureIndexVisible(row, 'middle');
        else window.harness.grid?.goToRow(row, 'price');
        while (!shown(row)) {
          if (performance.now() - started > 10_000) throw new Error(`Row ${row} never came`);
          await new Promise((resolve) => {
            requestAnimationFrame(resolve);
          });
        }
        times.push(performance.now() - started);
      }
      return times;
    },
    { rows, jumps },
  );
}

/** Milliseconds from the call until the frame that shows its effect has been painted. */
export async function selectAllTimes(page: Page, repetitions: number): Promise<number[]> {
  return page.evaluate(async (count) => {
    const times: number[] = [];
    for (let i = 0; i < count; i += 1) {
      window.harness.grid?.goToRow(0, 'sku');
      await new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve, 120));
      });
      const started = performance.now();
      window.harness.grid?.selectAll();
      // The work of the call, its layout and its paint; not the wait for the display's next tick.
      void document.body.offsetHeight;
      times.push(performance.now() - started);
    }
    return times;
  }, repetitions);
}

export interface PasteTimes {
  readonly paste: number;
  readonly undo: number;
  /** What the table in the page needs for the same texts and for taking them back. */
  readonly tablePaste: number;
  readonly tableUndo: number;
}

/** A paste of rows x columns at the top and its undo, each until the new values are painted. */
export async function pasteTimes(page: Page, rows: number, keys: readonly string[]): Promise<PasteTimes> {
  return page.evaluate(
    async (options) => {
      const { harness } = window;
      const painted = async (row: number, text: string): Promise<void> => {
        const cell = (): string | null =>
          document.querySelector(`.ag-row[row-index="${row}"] .ag-cell[col-id="price"]`)?.textContent ?? null;
        const started = performance.now();
        while (cell() !== text) {
          if (performance.now() - started > 10_000) throw new Error(`${cell()} is not ${text}`);
          await new Promise((resolve) => {
            requestAnimationFrame(resolve);
          });
        }
      };
      const value = (i: number, key: string): string => {
        if (key === 'price' || key === 'salePrice') return `${(i % 90) + 5}.25`;
        if (key === 'quantity') return String(i % 50);
        if (key === 'status') return i % 2 === 0 ? 'draft' : 'publish';
        return i % 2 === 0 ? 'true' : 'false';
      };
      const lines = Array.from({ length: options.rows }, (_, i) => options.keys.map((key) => value(i, key)));
      const text = lines.map((line) => line.join('\t')).join('\n');
      harness.grid?.goToRow(0, options.keys[0]);
      const before =
        document.querySelector('.ag-row[row-index="2"] .ag-cell[col-id="price"]')?.textContent ?? '';
      const start = performance.now();
      await harness.grid?.paste(text);
      await painted(2, '7.25');
      const pasted = performance.now();
      const refused = harness.outcomes.at(-1)?.outcome.rejectedTotal;
      if (refused !== 0) throw new Error(`${refused} cells were refused`);
      await harness.grid?.undo();
      await painted(2, before);
      const undone = performance.now();
      const cells = lines.flatMap((line, i) =>
        line.map((cell, column) => ({ rid: i + 1, key: options.keys[column] ?? '', text: cell })),
      );
      const tableStart = performance.now();
      harness.table.write('bench', cells, 'en');
      const written = performance.now();
      harness.table.undo();
      return {
        paste: pasted - start,
        undo: undone - pasted,
        tablePaste: written - tableStart,
        tableUndo: performance.now() - written,
      };
    },
    { rows, keys },
  );
}

/** JavaScript heap after a collection, MB. */
export async function heapMb(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { gc } = globalThis as { gc?: () => void };
    gc?.();
    const { memory } = performance as Performance & { memory?: { usedJSHeapSize: number } };
    return (memory?.usedJSHeapSize ?? 0) / 2 ** 20;
  });
}
