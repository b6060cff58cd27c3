import { Button, Checkbox } from '@mantine/core';
import type { Account } from '#shared/contract/channels.ts';
import type { Conflict } from '#shared/contract/publish.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { PlatformMark } from '../../ui/PlatformMark.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import styles from './conflicts.module.css';
import type { Choice } from './ConflictsScreen.tsx';
import { OwnValue } from './OwnValue.tsx';

export interface ConflictCardProps {
  readonly conflict: Conflict;
  readonly account: Account | undefined;
  /** Conflicts that the same decision would fit, this one included. */
  readonly alike: number;
  /** How many are marked: a decision is for these. */
  readonly marked: number;
  readonly allAlikeMarked: boolean;
  readonly typing: boolean;
  readonly fields: FieldTexts;
  readonly onMarkAlike: (marked: boolean) => void;
  readonly onUnmark: () => void;
  readonly onTyping: (typing: boolean) => void;
  readonly onDecide: (choice: Choice, own?: WireValue) => void;
  readonly onRule: () => void;
  readonly onListing: () => void;
}

/** What the value was, what I made of it and what the channel made of it; three keys decide. */
export function ConflictCard(props: ConflictCardProps) {
  const { conflict, account, alike, marked, typing, fields, onTyping, onDecide } = props;
  const t = useText();
  const currency = account?.currency ?? 'EUR';
  const shown = (value: WireValue): string => fields.value(conflict.field, value, currency);
  return (
    <section className={styles['card']} aria-label={t('conflicts.one')}>
      <header className={styles['head']}>
        <StateBadge state="conflict" />
        <strong>{fields.name(conflict.field)}</strong>
        <span className="qs-mono">{conflict.sku}</span>
        <button type="button" className={styles['link']} onClick={props.onListing}>
          {conflict.title}
        </button>
        <PlatformMark platform={account?.platform ?? 'local'} name={account?.name ?? ''} />
        <span className="qs-muted">
          <Age at={conflict.at} />
        </span>
      </header>
      <div className={styles['columns']}>
        <Side title={t('conflicts.base')} hint={t('conflicts.base.hint')} text={shown(conflict.base)} />
        <Side
          title={t('conflicts.mine')}
          hint={t('conflicts.mine.hint')}
          text={shown(conflict.mine)}
          at={conflict.mineAt}
        >
          <Button variant="default" rightSection={<KeyHint keys="1" />} onClick={() => onDecide('mine')}>
            {t('conflicts.mine.keep')}
          </Button>
        </Side>
        <Side
          title={t('conflicts.theirs')}
          hint={t('conflicts.theirs.hint')}
          text={shown(conflict.theirs)}
          at={conflict.at}
        >
          <Button variant="default" rightSection={<KeyHint keys="2" />} onClick={() => onDecide('theirs')}>
            {t('conflicts.theirs.take')}
          </Button>
        </Side>
      </div>
      {typing ? (
        <OwnValue
          conflict={conflict}
          currency={currency}
          fields={fields}
          onSave={(value) => onDecide('mine', value)}
          onCancel={() => onTyping(false)}
        />
      ) : (
        <div className={styles['foot']}>
          <Button variant="subtle" rightSection={<KeyHint keys="3" />} onClick={() => onTyping(true)}>
            {t('conflicts.own')}
          </Button>
          <Button variant="subtle" rightSection={<KeyHint keys="4" />} onClick={props.onRule}>
            {t('conflicts.rule.make')}
          </Button>
          {alike > 1 && (
            <Checkbox
              label={t('conflicts.alike', { count: alike, field: fields.name(conflict.field) })}
              checked={props.allAlikeMarked}
              onChange={(event) => props.onMarkAlike(event.currentTarget.checked)}
            />
          )}
        </div>
      )}
      {marked > 0 && (
        <output className={styles['foot']}>
          <strong>{t('conflicts.marked', { count: marked })}</strong>
          <Button variant="subtle" size="compact-sm" onClick={props.onUnmark}>
            {t('conflicts.unmark')}
          </Button>
        </output>
      )}
      <p className="qs-muted">{t('conflicts.explain')}</p>
    </section>
  );
}

function Side({
  title,
  hint,
  text,
  at,
  children,
}: {
  readonly title: string;
  readonly hint: string;
  readonly text: string;
  /** When it came to be; absent = nobody knows. */
  readonly at?: number;
  readonly children?: React.ReactNode;
}) {
  return (
    <section className={styles['side']} aria-label={title}>
      <h2>{title}</h2>
      <p className="qs-muted">
        {hint}
        {at !== undefined && (
          <>
            {' · '}
            <Age at={at} />
          </>
        )}
      </p>
      <p className={styles['value']}>{text}</p>
      {children}
    </section>
  );
}
