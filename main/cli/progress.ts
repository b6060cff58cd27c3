import type { Engine } from '../engine/engine.ts';

/** A progress line on a terminal's stderr; nothing anywhere else. Returns what hides it. */
export function showProgress(engine: Engine): () => void {
  const out = process.stderr;
  if (!out.isTTY) return () => undefined;
  let shown = false;
  const unsubscribe = engine.bus.subscribe(({ event }) => {
    if (event !== 'jobs') return;
    const [job] = engine.jobs.runningJobs();
    if (!job) return;
    const share = job.total ? `${Math.floor((job.done / job.total) * 100)} %` : '';
    const eta = job.etaMs === null ? '' : `, about ${Math.ceil(job.etaMs / 1000)} s left`;
    out.write(
      `\r\u001b[K${job.kind} ${job.label}: ${job.done}${job.total ? ` of ${job.total}` : ''} ${share}${eta}`,
    );
    shown = true;
  });
  return () => {
    unsubscribe();
    if (shown) out.write('\r\u001b[K');
  };
}
