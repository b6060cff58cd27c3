import { useCallback } from 'react';
import type { Params } from '#shared/contract/methods.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';

export type Mark = Omit<Params<'orders.mark'>, 'orderIds'>;

/** Marks orders and says so, with the way back. */
export function useMark(): (orderIds: readonly string[], mark: Mark) => void {
  const t = useText();
  const engine = useEngine();
  return useCallback(
    (orderIds, mark) => {
      const run = async (): Promise<void> => {
        const { changed, commandId } = await engine.call('orders.mark', { orderIds: [...orderIds], ...mark });
        const undo =
          commandId === null
            ? {}
            : { undo: () => void engine.call('history.undo', { commandId }).catch(notifyError) };
        notifyDone(t('orders.marks.done', { count: changed }), undo);
      };
      run().catch(notifyError);
    },
    [t, engine],
  );
}
