import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import { useNow } from '../../lib/now.ts';
import { useText } from '../../lib/text.ts';
import { expiryOf } from './health.ts';
import styles from './Health.module.css';

export interface ExpiryNoticeProps {
  readonly platform: AccountPlatform;
  /** Epoch milliseconds; null = it does not end, or nobody knows. */
  readonly expiresAt: number | null;
  readonly onRenew: () => void;
  /** True: say nothing while nobody has to do anything. */
  readonly onlyWarning?: boolean;
}

/** When keys or sign-in end by themselves; a warning with the way to new ones when that is near. */
export function ExpiryNotice({ platform, expiresAt, onRenew, onlyWarning = false }: ExpiryNoticeProps) {
  const t = useText();
  const intl = useIntl();
  const { state, days } = expiryOf(platform, expiresAt, useNow());
  const warn = state === 'near' || state === 'ended';
  if (onlyWarning && !warn) return null;
  const date = expiresAt === null ? '' : intl.formatDate(expiresAt, { dateStyle: 'long' });
  const text = t(`channels.expiry.${state}`, { date, days });
  if (!warn) return <p className="qs-muted">{text}</p>;
  return (
    <div className={styles['warning']} data-state={state}>
      <IconAlertTriangle size={18} aria-hidden="true" />
      <span>{text}</span>
      <Button variant="default" onClick={onRenew}>
        {t('channels.expiry.renew')}
      </Button>
    </div>
  );
}
