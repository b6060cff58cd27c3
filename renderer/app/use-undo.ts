import { useCallback } from 'react';
import type { UndoOutcome } from '#shared/contract/history.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { commandLabel } from '../lib/command-label.ts';
import { useEngineCommand } from '../lib/engine.tsx';
import { useText } from '../lib/text.ts';
import { notifyDone, notifyError } from '../ui/notify.tsx';

/** Undo and redo of the journal, with what came of it: cells that changed since are left alone and counted. */
export function useUndo(): { readonly undo: () => void; readonly redo: () => void } {
  const t = useText();
  const { mutate: runUndo } = useEngineCommand('history.undo');
  const { mutate: runRedo } = useEngineCommand('history.redo');
  const tell = useCallback(
    (done: 'undone' | 'redone', outcome: UndoOutcome) =>
      notifyDone(
        outcome.changedSinceTotal === 0
          ? t(`shell.${done}`, { what: commandLabel(outcome.label, t) })
          : t(`shell.${done}.partly`, {
              what: commandLabel(outcome.label, t),
              left: outcome.changedSinceTotal,
            }),
      ),
    [t],
  );
  const undo = useCallback(
    () =>
      runUndo({}, { onSuccess: (outcome) => tell('undone', outcome), onError: (error) => complain(error) }),
    [runUndo, tell],
  );
  const redo = useCallback(
    () =>
      runRedo({}, { onSuccess: (outcome) => tell('redone', outcome), onError: (error) => complain(error) }),
    [runRedo, tell],
  );
  return { undo, redo };
}

/** Pressing the key once too often is no error. */
function complain(error: unknown): void {
  const nothing = error instanceof CodedError && ['NOTHING_TO_UNDO', 'NOTHING_TO_REDO'].includes(error.code);
  if (!nothing) notifyError(error);
}
