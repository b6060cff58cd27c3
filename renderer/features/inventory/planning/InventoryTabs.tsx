import { SegmentedControl } from '@mantine/core';
import { useText } from '../../../lib/text.ts';

export const INVENTORY_VIEWS = ['stock', 'reorder', 'counting', 'gaps'] as const;
export type InventoryView = (typeof INVENTORY_VIEWS)[number];

export interface InventoryTabsProps {
  readonly value: InventoryView;
  readonly onView: (view: InventoryView) => void;
}

export function InventoryTabs({ value, onView }: InventoryTabsProps) {
  const t = useText();
  return (
    <SegmentedControl
      aria-label={t('planning.views')}
      size="xs"
      value={value}
      onChange={onView}
      data={INVENTORY_VIEWS.map((view) => ({ value: view, label: t(`planning.view.${view}`) }))}
    />
  );
}
