import { useCallback, useEffect, useRef, useState } from 'react';
import { useSettings } from './settings.ts';

const SAVE_AFTER_MS = 400;

/** What screens said in this run, ahead of the settings file. */
const kept = new Map<string, unknown>();

function read<T>(key: string, stored: string | undefined, initial: T): T {
  if (!kept.has(key)) kept.set(key, parse(stored, initial));
  return kept.get(key) as T;
}

function parse<T>(stored: string | undefined, initial: T): T {
  if (stored === undefined) return initial;
  try {
    return { ...initial, ...(JSON.parse(stored) as T) };
  } catch {
    return initial;
  }
}

/**
 * State of a screen that survives leaving the screen and restarting the app:
 * a small, plain object under its own key, e.g. `orders.view`. What is stored
 * may come from an older version, so it only overrides parts of `initial`.
 */
export function useScreenState<T extends object>(
  key: string,
  initial: T,
): readonly [T, (change: Partial<T>) => void] {
  const { settings, change } = useSettings();
  const [state, setState] = useState(() => read(key, settings.screens[key], initial));
  const save = useRef(change);
  useEffect(() => {
    save.current = change;
  });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    const saveNow = (): void => {
      if (timer.current === undefined) return;
      clearTimeout(timer.current);
      timer.current = undefined;
      save.current({ screens: { [key]: JSON.stringify(kept.get(key)) } });
    };
    // A reload or a closed window unmounts nothing: what still waits would be forgotten.
    window.addEventListener('pagehide', saveNow);
    return () => {
      window.removeEventListener('pagehide', saveNow);
      saveNow();
    };
  }, [key]);
  const put = useCallback(
    (patch: Partial<T>) => {
      const next = { ...(kept.get(key) as T), ...patch };
      kept.set(key, next);
      setState(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        timer.current = undefined;
        save.current({ screens: { [key]: JSON.stringify(kept.get(key)) } });
      }, SAVE_AFTER_MS);
    },
    [key],
  );
  return [state, put];
}
