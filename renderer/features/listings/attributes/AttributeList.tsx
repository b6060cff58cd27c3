import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Result } from '#shared/contract/methods.ts';
import { useText } from '../../../lib/text.ts';
import { AttributeEditor, type AttributeEditorProps } from './AttributeEditor.tsx';
import styles from './attributes.module.css';

type Attribute = Result<'market.attributes'>['attributes'][number];

export interface AttributeListProps {
  readonly listingId: string;
  readonly attributes: readonly Attribute[];
}

/** Attributes under the channel's own headings; what is neither set nor required is left out unless asked for. */
export function AttributeList({ listingId, attributes }: AttributeListProps) {
  const t = useText();
  const [all, setAll] = useState(false);
  const shown = attributes.filter(
    ({ values, required, problems }) =>
      all || values.length > 0 || required === 'always' || problems.length > 0,
  );
  const hidden = attributes.length - shown.length;
  return (
    <div>
      {groupsOf(shown).map(([group, own]) => (
        <section key={group}>
          <h4 className={styles['group']}>{group === '' ? t('market.group.none') : group}</h4>
          <dl className={styles['figures']}>
            {own.map((attribute) => (
              <AttributeRow key={attribute.name} listingId={listingId} attribute={attribute} />
            ))}
          </dl>
        </section>
      ))}
      {(all || hidden > 0) && (
        <Checkbox
          size="xs"
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
          label={t('market.all', { count: attributes.length })}
        />
      )}
    </div>
  );
}

function groupsOf(attributes: readonly Attribute[]): [string, Attribute[]][] {
  const groups = new Map<string, Attribute[]>();
  for (const attribute of attributes)
    groups.set(attribute.group, [...(groups.get(attribute.group) ?? []), attribute]);
  return [...groups];
}

function AttributeRow({ listingId, attribute }: AttributeEditorProps) {
  const t = useText();
  const { name, title, required, values, problems, parts, hasColumn } = attribute;
  return (
    <div className={styles['figure']}>
      <dt title={name}>
        {title}
        {required !== 'no' && (
          <span className={styles['required']} data-required={required}>
            {t(`market.required.${required}`)}
          </span>
        )}
      </dt>
      <dd>
        {parts.length > 0 ? (
          <AttributeEditor listingId={listingId} attribute={attribute} />
        ) : values.length === 0 ? (
          <span className="qs-muted">{t('market.unset')}</span>
        ) : (
          values.map((value, index) => (
            <div key={`${index} ${value}`} className="qs-selectable">
              {value}
            </div>
          ))
        )}
        {hasColumn && <div className={styles['note']}>{t('market.column')}</div>}
        {problems.map((problem) => (
          <div key={problem} className={styles['problem']}>
            {problem}
          </div>
        ))}
      </dd>
    </div>
  );
}
