import { SegmentedControl } from '@mantine/core';
import { useText } from '../../lib/text.ts';
import type { View } from './PurchasingScreen.tsx';

export interface ViewTabsProps {
  readonly value: 'orders' | 'suppliers';
  readonly onView: (view: View) => void;
}

export function ViewTabs({ value, onView }: ViewTabsProps) {
  const t = useText();
  return (
    <SegmentedControl
      aria-label={t('purchasing.views')}
      size="xs"
      value={value}
      onChange={(next) => onView({ kind: next })}
      data={[
        { value: 'orders', label: t('purchasing.orders') },
        { value: 'suppliers', label: t('purchasing.suppliers') },
      ]}
    />
  );
}
