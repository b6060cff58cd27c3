import { Checkbox } from '@mantine/core';
import type { Conflict } from '#shared/contract/publish.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import styles from './conflicts.module.css';

/** All conflicts: one is shown, any number can be marked for one decision. */
export function ConflictList({
  conflicts,
  current,
  marked,
  fields,
  onChoose,
  onMark,
  onMarkAll,
}: {
  readonly conflicts: readonly Conflict[];
  readonly current: string;
  readonly marked: ReadonlySet<string>;
  readonly fields: FieldTexts;
  readonly onChoose: (opId: string) => void;
  /** `range`: everything since the last one that was touched. */
  readonly onMark: (opId: string, range: boolean) => void;
  readonly onMarkAll: (marked: boolean) => void;
}) {
  const t = useText();
  const all = marked.size === conflicts.length;
  return (
    <nav className={styles['list']} aria-label={t('conflicts.list')}>
      {conflicts.length > 1 && (
        <Checkbox
          className={styles['markAll']}
          label={t('conflicts.mark.all')}
          checked={all}
          indeterminate={!all && marked.size > 0}
          onChange={() => onMarkAll(!all)}
        />
      )}
      {conflicts.map(({ opId, sku, title, field }) => (
        <div
          key={opId}
          ref={opId === current ? bringIntoView : null}
          className={styles['entry']}
          data-current={opId === current || undefined}
        >
          {conflicts.length > 1 && (
            <Checkbox
              aria-label={t('conflicts.mark.one', { name: `${sku ?? title} ${fields.name(field)}` })}
              checked={marked.has(opId)}
              // The change event does not tell about Shift.
              onClick={(event) => onMark(opId, event.shiftKey)}
              onChange={() => undefined}
            />
          )}
          <button
            type="button"
            aria-current={opId === current}
            onClick={(event) => {
              if (event.shiftKey || event.ctrlKey || event.metaKey) onMark(opId, event.shiftKey);
              else onChoose(opId);
            }}
          >
            <span className="qs-mono">{sku ?? title}</span>
            <span className="qs-muted">{fields.name(field)}</span>
          </button>
        </div>
      ))}
    </nav>
  );
}

function bringIntoView(entry: HTMLElement | null): void {
  entry?.scrollIntoView({ block: 'nearest' });
}
