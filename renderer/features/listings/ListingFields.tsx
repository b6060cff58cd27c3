import { fieldAccess } from '#shared/domain/channel-fields.ts';
import type { ViewRow } from '#shared/contract/listings.ts';
import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import styles from './listings.module.css';

export interface ListingFieldsProps {
  readonly row: ViewRow;
  readonly names: readonly ListingFieldName[];
  readonly fields: FieldTexts;
  readonly onJump: (key: string) => void;
}

/** Every field that the channel has: mine, the channel's where it differs, the state and since when. */
export function ListingFields({ row, names, fields, onJump }: ListingFieldsProps) {
  const t = useText();
  const shown = names.filter((name) => fieldAccess(row.platform, name) !== 'none');
  return (
    <dl className={styles['fieldList']}>
      {shown.map((name) => {
        const cell = row.cells.find(({ field }) => field === name);
        const mine = row.values[names.indexOf(name)] ?? null;
        const differs = cell !== undefined && cell.state !== 'verified' && cell.state !== 'clean';
        return (
          <div key={name} className={styles['fieldRow']} data-state={cell?.state}>
            <dt>
              <button type="button" className={styles['plainButton']} onClick={() => onJump(name)}>
                {fields.name(name)}
              </button>
            </dt>
            <dd className="qs-selectable">
              <span className={styles['clamp']} title={fields.value(name, mine, row.currency)}>
                {fields.value(name, mine, row.currency)}
              </span>
              {cell && cell.state !== 'clean' && (
                <span className={styles['facts']}>
                  <StateBadge state={cell.state} />
                  <span className="qs-muted">
                    <Age at={cell.at} />
                  </span>
                </span>
              )}
              {differs && (
                <span className={styles['clamp']}>
                  {t('listings.onChannel', {
                    value: fields.value(name, cell.theirs ?? cell.channel, row.currency),
                  })}
                </span>
              )}
              {cell?.code !== null && cell?.code !== undefined && (
                <span className={styles['problem']}>{fields.reason(cell.code, cell.message)}</span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
