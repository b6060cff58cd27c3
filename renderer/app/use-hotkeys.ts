import { useEffect } from 'react';
import { useActions } from '../lib/actions.ts';
import { actionFor, isTextField } from './hotkeys.ts';

/** Binds the shortcuts of every offered action while no dialog is open and nobody else took the key. */
export function useHotkeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('[aria-modal="true"]'))
        return;
      const actions = [...useActions.getState().sets.values()].flat();
      const action = actionFor(event, actions, isTextField(event.target));
      if (!action) return;
      event.preventDefault();
      action.run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
