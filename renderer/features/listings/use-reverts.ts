import { useCallback, useState } from 'react';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import type { BulkTarget } from './bulk-edits.ts';
import { collectReverts } from './reverts.ts';

/** Cells that one edit may carry. */
const MAX_CELLS = 250_000;

/** Takes the selected cells back to what the channel has, as one undo step. */
export function useReverts(
  target: BulkTarget,
  viewId: string,
): { readonly revert: () => void; readonly reverting: boolean } {
  const t = useText();
  const engine = useEngine();
  const [reverting, setReverting] = useState(false);
  const revert = useCallback(() => {
    const run = async (): Promise<void> => {
      setReverting(true);
      const changes = await collectReverts(engine, viewId, target);
      if (changes.length === 0) return notifyDone(t('listings.revert.nothing'));
      if (changes.length > MAX_CELLS) return notifyDone(t('listings.revert.tooMany', { most: MAX_CELLS }));
      const { applied, commandId } = await engine.call('listings.edit', {
        label: t('listings.revert.label', { count: changes.length }),
        changes,
      });
      notifyDone(
        t('listings.revert.done', { count: applied }),
        commandId === null
          ? {}
          : { undo: () => void engine.call('history.undo', { commandId }).catch(notifyError) },
      );
    };
    run()
      .catch(notifyError)
      .finally(() => setReverting(false));
  }, [engine, t, target, viewId]);
  return { revert, reverting };
}
