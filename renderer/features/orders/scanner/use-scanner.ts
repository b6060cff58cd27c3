import { useEffect, useRef } from 'react';
import { feed, NO_BURST, type BurstOptions } from './burst.ts';

export interface ScannerListener {
  readonly onScan: (code: string) => void;
  /** A key that is no part of a scan; true when it was used, so that nobody else sees it. */
  readonly onKey?: (event: KeyboardEvent) => boolean;
  /** A scan may begin with this key. Where fields are typed into, the moment to remember what they hold. */
  readonly onStart?: () => void;
  /** True: a person may type into fields; keys reach them until a burst turns out to be a scan. */
  readonly typing?: boolean;
  /** True: somebody else listens now. */
  readonly paused?: boolean;
  readonly options?: BurstOptions;
}

/** Listens to the scanner in the whole window while mounted, before any field sees a key. */
export function useScanner(listener: ScannerListener): void {
  const current = useRef(listener);
  useEffect(() => {
    current.current = listener;
  });
  useEffect(() => {
    let burst = NO_BURST;
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing) return;
      const { onScan, onKey: onOther, onStart, typing, paused, options } = current.current;
      if (paused) return;
      const step = feed(
        burst,
        {
          key: event.key,
          at: event.timeStamp,
          // AltGr types characters with Control and Alt held.
          modified: (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph'),
        },
        options,
      );
      burst = step.burst;
      switch (step.event.kind) {
        case 'scan':
          take(event);
          onScan(step.event.code);
          return;
        case 'part':
          if (step.event.first) onStart?.();
          if (!typing) take(event);
          return;
        case 'key':
          if (onOther?.(event)) take(event);
      }
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}

function take(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
