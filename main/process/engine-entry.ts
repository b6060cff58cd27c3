import { redactSecrets } from '#shared/domain/redact-secrets.ts';
import { controlChannel } from './control-channel.ts';
import { crashAt } from './crash-at.ts';
import { serveEngineProcess } from './engine-process.ts';
import { startSampleShops } from './sample-shop.ts';

/** The engine's own process, whoever hosts it. */

// An unexpected failure must not leave a half-alive engine: the host restarts it.
process.on('uncaughtException', (error) => {
  process.stderr.write(`engine died: ${redactSecrets(error.stack ?? error.message)}\n`);
  process.exit(70);
});
process.on('unhandledRejection', (reason) => {
  process.stderr.write(
    `engine died: ${redactSecrets(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason))}\n`,
  );
  process.exit(70);
});

const production = process.env['NODE_ENV'] === 'production';
serveEngineProcess({
  channel: controlChannel(),
  // Tests that count rows ask for one shop alone.
  startSample: (engine) => startSampleShops(engine, process.env['QUAYSIDE_SAMPLE_SHOPS']?.split(',')),
  checkOutput: !production,
  atPoint: production ? undefined : crashAt(process.env['QUAYSIDE_CRASH_AT']),
});
