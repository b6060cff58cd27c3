import { useMemo } from 'react';
import { useOffer, type Action } from '../../lib/actions.ts';
import { useText } from '../../lib/text.ts';
import { LAYOUTS, type Layout } from './bench-state.ts';

/** The layouts of the spreadsheet in the palette. */
export function useLayoutActions(layout: Layout, onLayout: (layout: Layout) => void): void {
  const t = useText();
  const offered = useMemo<Action[]>(
    () =>
      LAYOUTS.map((each) => ({
        id: `listings.layout.${each}`,
        label: t(`listings.action.layout.${each}`),
        group: t('listings.title'),
        disabled: each === layout,
        run: () => onLayout(each),
      })),
    [t, layout, onLayout],
  );
  useOffer('listings.layout', offered);
}
