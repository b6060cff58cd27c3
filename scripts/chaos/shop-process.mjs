// A simulated shop in a process of its own. Its parent asks over IPC; it tells of
// every write of a request that left the row as it was: that one was done twice.
import { SHOPS } from './shops.mjs';

const [platform, options] = [process.argv[2], JSON.parse(process.argv[3])];
const shop = await SHOPS[platform](options);
const { simulator } = shop;
let faults = 0;
let writes = 0;
let before = shop.rows();

const record = simulator.log.add.bind(simulator.log);
simulator.log.add = (entry) => {
  record(entry);
  if (entry.fault !== null) faults += 1;
  const after = shop.rows();
  for (const [id, row] of after) {
    const known = before.get(id);
    if (!known || row.writes <= known.writes) continue;
    writes += row.writes - known.writes;
    if (row.content === known.content) {
      process.send({
        type: 'twice',
        row: id,
        request: `${entry.method} ${entry.path}`,
        content: row.content,
      });
    }
  }
  before = after;
  process.send({ type: 'count', faults, writes });
};

const actions = {
  edit: ({ key, field, value }) => {
    shop.edit(key, field, value);
    // What somebody does in the shop is there after its death, too.
    simulator.save?.();
    before = shop.rows();
  },
  fault: (fault) => simulator.faults.script(shop.aim(fault)),
  calm: () => simulator.faults.clear(),
  values: () => shop.values(),
  // Where orders are cancelled by hand nothing of ours can have happened.
  orderIn: ({ order }) => shop.orderIn?.(order) ?? { cancelled: false, refunds: [] },
  shipped: ({ order, tracking }) => shop.shipped(order, tracking),
};

process.on('message', ({ id, action, input }) => {
  try {
    process.send({ type: 'answer', id, result: actions[action](input) ?? null });
  } catch (error) {
    process.send({ type: 'answer', id, error: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => process.exit(0));
const { url, port, credentials } = simulator;
process.send({ type: 'open', url, port, credentials });
