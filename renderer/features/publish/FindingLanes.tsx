import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import type { Finding } from '#shared/contract/publish.ts';
import type { Result } from '#shared/contract/methods.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import styles from './publish.module.css';

const LISTED = 100;

/** Two lanes: what would be rejected, and what could be better but may go. */
export function FindingLanes({
  preview,
  fields,
}: {
  readonly preview: Result<'publish.preview'>;
  readonly fields: FieldTexts;
}) {
  const errors = preview.findings.filter(({ severity }) => severity === 'error');
  const warnings = preview.findings.filter(({ severity }) => severity === 'warning');
  if (preview.findings.length === 0) return null;
  return (
    <div className={styles['lanes']}>
      <Lane kind="error" findings={errors} fields={fields} />
      <Lane kind="warning" findings={warnings} fields={fields} />
    </div>
  );
}

function Lane({
  kind,
  findings,
  fields,
}: {
  readonly kind: Finding['severity'];
  readonly findings: readonly Finding[];
  readonly fields: FieldTexts;
}) {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  if (findings.length === 0) return null;
  const Icon = kind === 'error' ? IconX : IconAlertTriangle;
  return (
    <details className={styles['lane']} data-kind={kind} open={findings.length <= 4}>
      <summary>
        <Icon size={14} aria-hidden="true" />
        {t(`publish.lane.${kind}`, { count: findings.length })}
      </summary>
      <ul>
        {findings.slice(0, LISTED).map(({ listingId, field, code, message }) => (
          <li key={`${listingId} ${field} ${code}`}>
            <button type="button" onClick={() => go('listings', { listingId })}>
              <strong>{fields.name(field)}</strong> {fields.reason(code, message)}
            </button>
          </li>
        ))}
        {findings.length > LISTED && <li>{t('listings.more', { count: findings.length - LISTED })}</li>}
      </ul>
    </details>
  );
}
