import { Select } from '@mantine/core';
import { useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';

/** Only what comes before others, or what has a tag; there while something is marked. */
export function MarkFilter({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (mark: string) => void;
}) {
  const t = useText();
  const tags = useEngineQuery('orders.tags', {}).data?.tags ?? [];
  const known = tags.some(({ tag }) => `#${tag}` === value) || !value.startsWith('#');
  return (
    <Select
      w={150}
      aria-label={t('orders.marks')}
      value={value}
      allowDeselect={false}
      onChange={(mark) => onChange(mark ?? '')}
      data={[
        { value: '', label: t('orders.marks.all') },
        { value: '!', label: t('orders.marks.urgent') },
        ...tags.map(({ tag }) => ({ value: `#${tag}`, label: `# ${tag}` })),
        // A tag that no order has any more is still what is shown.
        ...(known ? [] : [{ value, label: `# ${value.slice(1)}` }]),
      ]}
    />
  );
}
