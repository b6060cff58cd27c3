import { useEngine } from '../../../lib/engine.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';

/** What follows a cancellation or refund that was asked for: `text` with the way back, or why not. */
export function useAsked(text: string, onClose: () => void) {
  const engine = useEngine();
  return {
    onSuccess: ({ actionId }: { readonly actionId: string }): void => {
      notifyDone(text, {
        undo: () => void engine.call('orders.takeBackAction', { actionId }).catch(notifyError),
      });
      onClose();
    },
    onError: notifyError,
  };
}
