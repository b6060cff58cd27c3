import { Checkbox } from '@mantine/core';
import type { Result } from '#shared/contract/methods.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import styles from './history.module.css';

export type Change = Result<'history.changes'>['changes'][number];

/** The cells of one changed value; `change` is absent while its page is read. */
export function ChangedCell({
  change,
  texts,
  chosen,
  onToggle,
}: {
  readonly change: Change | undefined;
  readonly texts: FieldTexts;
  readonly chosen: ReadonlySet<string>;
  /** null where rows cannot be taken back one by one. */
  readonly onToggle: ((listingId: string) => void) | null;
}) {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  if (!change) {
    return (
      <td colSpan={5} className={styles['waiting']}>
        <span className="qs-hidden">{t('shell.loading')}</span>
      </td>
    );
  }
  const { listingId, sku, title, field, currency } = change;
  const before = texts.value(field, change.before, currency);
  const after = texts.value(field, change.after, currency);
  const name = sku ?? title;
  return (
    <>
      <td>
        {listingId !== null && onToggle && (
          <Checkbox
            aria-label={t('history.choose.row', { sku: name })}
            checked={chosen.has(listingId)}
            onChange={() => onToggle(listingId)}
          />
        )}
      </td>
      <td className="qs-mono" title={title}>
        {listingId === null ? (
          name
        ) : (
          <button type="button" className={styles['link']} onClick={() => go('listings', { listingId })}>
            {name}
          </button>
        )}
      </td>
      <td>{texts.name(field)}</td>
      <td className={styles['was']} title={before}>
        {before}
      </td>
      <td title={after}>{after}</td>
    </>
  );
}
