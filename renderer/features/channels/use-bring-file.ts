import type { Account } from '#shared/contract/channels.ts';
import { bridge } from '../../lib/bridge.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';

/** Brings in a download of a shop without API access, and says what it proved. */
export function useBringFile({ accountId }: Account): {
  readonly pending: boolean;
  readonly run: () => void;
} {
  const t = useText();
  const bring = useEngineCommand('channels.importFile');
  const run = async (): Promise<void> => {
    const file = await bridge().pickFile('csv');
    if (file === null) return;
    const { kind, listings, orders, verified, waiting, quarantined } = await bring.mutateAsync({
      accountId,
      file,
    });
    const counts = kind === 'listings' ? listings : orders;
    const changed = counts.added + counts.changed + counts.removed;
    notifyDone(t(`channels.files.read.${kind}`, { changed, verified, waiting, quarantined }));
  };
  return { pending: bring.isPending, run: () => void run().catch(notifyError) };
}
