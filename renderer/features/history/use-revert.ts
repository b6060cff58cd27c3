import { useCallback } from 'react';
import type { Params } from '#shared/contract/methods.ts';
import type { UndoOutcome } from '#shared/contract/history.ts';
import { commandLabel } from '../../lib/command-label.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';

export interface Reverting {
  /** Takes a command back, whole or in part. */
  readonly revert: (request: Params<'history.undo'>) => void;
  /** Takes an undo back. */
  readonly redo: (commandId: string) => void;
  readonly pending: boolean;
}

/** Undo and redo of given commands, with what came of it; an undo can be taken back on the spot. */
export function useRevert(): Reverting {
  const t = useText();
  const { mutate: runUndo, isPending: undoing } = useEngineCommand('history.undo');
  const { mutate: runRedo, isPending: redoing } = useEngineCommand('history.redo');
  const words = useCallback(
    (id: string, { label, applied, changedSinceTotal }: UndoOutcome) =>
      t(id, { what: commandLabel(label, t), cells: applied, left: changedSinceTotal }),
    [t],
  );
  const redo = useCallback(
    (commandId: string) =>
      runRedo(
        { commandId },
        { onSuccess: (outcome) => notifyDone(words('history.redone', outcome)), onError: notifyError },
      ),
    [runRedo, words],
  );
  const revert = useCallback(
    (request: Params<'history.undo'>) =>
      runUndo(request, {
        onSuccess: (outcome) =>
          notifyDone(words('history.reverted', outcome), { undo: () => redo(outcome.commandId) }),
        onError: notifyError,
      }),
    [runUndo, words, redo],
  );
  return { revert, redo, pending: undoing || redoing };
}
