import { SegmentedControl } from '@mantine/core';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';

const VIEWS = ['changes', 'paused', 'scheduled'] as const;
export type View = (typeof VIEWS)[number];

export function isView(text: string | undefined): text is View {
  return (VIEWS as readonly (string | undefined)[]).includes(text);
}

/** What would leave, what is kept here, and what leaves at a time; the last two with their number. */
export function PublishTabs({
  value,
  onView,
}: {
  readonly value: View;
  readonly onView: (view: View) => void;
}) {
  const t = useText();
  const paused = useEngineQuery('publish.paused', {}).data?.paused.length ?? 0;
  const scheduled =
    useEngineQuery('publish.scheduled', {}).data?.schedules.filter(
      ({ state }) => state !== 'done' && state !== 'cancelled',
    ).length ?? 0;
  const counts: Record<View, number> = { changes: 0, paused, scheduled };
  return (
    <SegmentedControl
      aria-label={t('publish.views')}
      size="xs"
      value={value}
      onChange={(next) => onView(next)}
      data={VIEWS.map((view) => ({
        value: view,
        label: t(`publish.view.${view}`, { count: counts[view] }),
      }))}
    />
  );
}
