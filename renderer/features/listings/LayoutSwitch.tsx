import { SegmentedControl } from '@mantine/core';
import { useText } from '../../lib/text.ts';
import { LAYOUTS, type Layout } from './bench-state.ts';

/** Rows, products with their variants, or SKUs with all channels side by side. */
export function LayoutSwitch({
  layout,
  onLayout,
}: {
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
}) {
  const t = useText();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('listings.layout')}
      value={layout}
      data={LAYOUTS.map((value) => ({ value, label: t(`listings.layout.${value}`) }))}
      onChange={(value) => onLayout(value)}
    />
  );
}
