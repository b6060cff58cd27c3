import type { Conflict } from '#shared/contract/publish.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import styles from './conflicts.module.css';

/** All conflicts, the present one marked. */
export function ConflictList({
  conflicts,
  current,
  fields,
  onChoose,
}: {
  readonly conflicts: readonly Conflict[];
  readonly current: string;
  readonly fields: FieldTexts;
  readonly onChoose: (opId: string) => void;
}) {
  const t = useText();
  return (
    <nav className={styles['list']} aria-label={t('conflicts.list')}>
      {conflicts.map(({ opId, sku, title, field }) => (
        <button
          key={opId}
          ref={opId === current ? bringIntoView : null}
          type="button"
          className={styles['entry']}
          aria-current={opId === current}
          onClick={() => onChoose(opId)}
        >
          <span className="qs-mono">{sku ?? title}</span>
          <span className="qs-muted">{fields.name(field)}</span>
        </button>
      ))}
    </nav>
  );
}

function bringIntoView(entry: HTMLElement | null): void {
  entry?.scrollIntoView({ block: 'nearest' });
}
