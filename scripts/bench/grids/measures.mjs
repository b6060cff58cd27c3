// What is done to each grid, through `window.other` and real keys.

const KEYS = ['price', 'salePrice', 'quantity', 'status', 'manageStock'];
const TEXT = {
  price: (i) => `${(i % 90) + 5}.25`,
  salePrice: (i) => `${(i % 70) + 4}.75`,
  quantity: (i) => String(i % 50),
  status: (i) => (i % 2 === 0 ? 'draft' : 'publish'),
  manageStock: (i) => (i % 2 === 0 ? 'true' : 'false'),
};

/** A clipboard of rows x columns from `price` on, and what its last row then holds there. */
export function clip(rows, columns) {
  const keys = KEYS.slice(0, columns);
  const lines = Array.from({ length: rows }, (_, i) => keys.map((key) => TEXT[key](i)).join('\t'));
  return { text: lines.join('\n'), column: 'price', lastRow: rows - 1, expected: TEXT.price(rows - 1) };
}

/** From the first render until rows are on screen. */
export async function painted(page) {
  await page.waitForFunction(() => window.other?.shown(0) === true, null, {
    timeout: 60_000,
    polling: 'raf',
  });
  return page.evaluate(async () => {
    await window.nextPaint();
    return performance.now() - performance.getEntriesByName('render')[0].startTime;
  });
}

/** Main-thread time of a frame while so many pixels are scrolled in each. */
export async function frames(page, axis, step, count) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  const before = await busy();
  const { elapsed, longTasks } = await page.evaluate(
    async (options) => {
      const scroller = window.other[options.axis]();
      let longTasks = 0;
      const observer = new PerformanceObserver((list) => {
        longTasks += list.getEntries().length;
      });
      observer.observe({ entryTypes: ['longtask'] });
      const started = performance.now();
      let direction = 1;
      for (let frame = 0; frame < options.count; frame += 1) {
        if (options.axis === 'vertical') scroller.scrollTop += options.step;
        else {
          const at = scroller.scrollLeft;
          scroller.scrollLeft += direction * options.step;
          if (scroller.scrollLeft === at) direction = -direction;
        }
        await new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
      }
      observer.disconnect();
      return { elapsed: performance.now() - started, longTasks };
    },
    { axis, step, count },
  );
  const cpu = (await busy()) - before;
  await session.detach();
  return { cpu: cpu / count, fps: (count * 1000) / elapsed, longTasks };
}

/** Each jump until the row's values are drawn. */
export async function jumps(page, rows, count) {
  return page.evaluate(
    async (options) => {
      window.other.horizontal().scrollLeft = 0;
      const times = [];
      for (let jump = 1; jump <= options.count; jump += 1) {
        const row = (jump * 104_729) % options.rows;
        const started = performance.now();
        window.other.jump(row);
        while (!window.other.shown(row)) {
          if (performance.now() - started > 10_000) throw new Error(`Row ${row} never came`);
          await new Promise((resolve) => {
            requestAnimationFrame(resolve);
          });
        }
        times.push(performance.now() - started);
      }
      window.other.jump(0);
      return times;
    },
    { rows, count },
  );
}

/** Main-thread time of Ctrl+A and of drawing it. */
export async function selectAll(page) {
  await page.evaluate(async () => {
    await window.other.select(0, 'price', 0);
    await window.nextPaint();
  });
  return timedKey(page, 'Control+a', null);
}

/** From the key's event until `until` holds in the page and the next frame has been painted. */
async function timedKey(page, key, until) {
  await page.evaluate(() => {
    window.keyAt = null;
    addEventListener(
      'keydown',
      (event) => {
        if (event.key.length !== 1 || window.keyAt !== null) return;
        window.keyAt = event.timeStamp;
        window.keyPainted = window.nextPaint().then(() => performance.now());
      },
      { capture: true, once: false },
    );
  });
  await page.keyboard.press(key);
  return page.evaluate(async (until) => {
    const holds = until
      ? () => (window.other.text(until.row, until.key) === until.text) === until.equal
      : () => true;
    const deadline = performance.now() + 60_000;
    while (!holds()) {
      if (performance.now() > deadline) {
        throw new Error(`${until.key} of row ${until.row} is ${window.other.text(until.row, until.key)}`);
      }
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
    }
    await window.nextPaint();
    return performance.now() - window.keyAt;
  }, until);
}

/** Pastes, undoes or fills with a real key; `toRow` is the end of the selection that begins in the first row. */
export async function keyUntil(page, work) {
  if (work.undo) {
    return timedKey(page, work.key, {
      row: work.lastRow,
      key: work.column,
      text: work.expected,
      equal: false,
    });
  }
  const setUp = await page.evaluate(
    async ({ column, toRow, fill }) => {
      await window.other.select(0, column, toRow);
      return {
        key: window.other.fillKey,
        text: window.other.fillClip?.(0, column),
        first: fill ? window.other.text(0, column) : null,
      };
    },
    { column: work.column, toRow: work.toRow, fill: work.fill ?? false },
  );
  const text = work.fill ? setUp.text : work.text;
  if (text !== undefined) await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  return work.fill
    ? timedKey(page, setUp.key, { row: work.toRow, key: work.column, text: setUp.first, equal: true })
    : timedKey(page, work.key, { row: work.lastRow, key: work.column, text: work.expected, equal: true });
}

/** A search over every cell for the code of the last row, from the text in its field until it is found. */
export async function find(page, rows) {
  const field = await page.evaluate(() => {
    window.other.jump(0);
    window.other.openFind();
    return window.other.findField;
  });
  await page.locator(field).fill(`SKU-${String(rows).padStart(6, '0')}`);
  return page.evaluate(async () => {
    const started = performance.now();
    while (window.other.found() === null) {
      if (performance.now() - started > 180_000) throw new Error('The last row was not found');
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
    }
    return performance.now() - started;
  });
}
