import { controlChannel } from '../process/control-channel.ts';
import { crashAt } from '../process/crash-at.ts';
import { serveEngineProcess } from '../process/engine-process.ts';

/** The engine's process as the product starts it, without the sample store's shop. */
serveEngineProcess({
  channel: controlChannel(),
  startSample: () => Promise.reject(new Error('no sample store in this test')),
  checkOutput: true,
  atPoint: crashAt(process.env['QUAYSIDE_CRASH_AT']),
});
