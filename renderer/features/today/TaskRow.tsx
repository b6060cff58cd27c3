import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsDiff,
  IconArrowsSplit2,
  IconBox,
  IconBuildingStore,
  IconCalendarExclamation,
  IconClockExclamation,
  IconCloudOff,
  IconDatabaseExport,
  IconFileAlert,
  IconHourglassLow,
  IconKey,
  IconPackageOff,
  IconSend,
  IconTruckDelivery,
} from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import type { Task } from '#shared/contract/workspace.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { fileName } from '../../lib/file-name.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText, type TextValues } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { targetOf } from './task-target.ts';
import styles from './TaskRow.module.css';

const ICONS = {
  orders_late: IconTruckDelivery,
  orders_due: IconBox,
  conflicts: IconArrowsSplit2,
  rejected: IconAlertTriangle,
  stock_out: IconPackageOff,
  stock_gaps: IconArrowsDiff,
  purchases_late: IconClockExclamation,
  lots_expiring: IconHourglassLow,
  terms_ending: IconCalendarExclamation,
  auth_required: IconKey,
  unpublished: IconSend,
  quarantined: IconFileAlert,
  offline: IconCloudOff,
  no_backup: IconDatabaseExport,
  no_account: IconBuildingStore,
} as const;

export function TaskRow({ task }: { readonly task: Task }) {
  const t = useText();
  const values = useFacts(task);
  const go = useNavigation((navigation) => navigation.go);
  const backup = useEngineCommand('workspace.backup');
  const Icon = ICONS[task.kind];
  const target = targetOf(task);
  const act = (): void => {
    if (target) go(target.screen, target.params);
    else
      backup.mutate(
        {},
        {
          onSuccess: ({ file }) => notifyDone(t('today.backedUp', { file: fileName(file) })),
          onError: notifyError,
        },
      );
  };
  const sentence = t(`today.task.${task.kind}`, values);
  return (
    <li className={styles['row']} data-severity={task.severity}>
      <span className={styles['icon']}>
        <Icon size={18} stroke={1.7} aria-hidden="true" />
      </span>
      <div className={styles['words']}>
        <strong className={styles['sentence']}>{sentence}</strong>
        <span className={styles['why']}>
          <span className={styles['severity']}>{t(`today.severity.${task.severity}`)}</span>
          {t(`today.task.${task.kind}.why`, values)}
        </span>
      </div>
      <Button
        variant={task.severity === 'urgent' ? 'filled' : 'default'}
        loading={backup.isPending}
        onClick={act}
      >
        {t(`today.task.${task.kind}.action`, values)}
      </Button>
    </li>
  );
}

/** The task's facts as the texts want them: times as local dates, everything else as it is. */
function useFacts(task: Task): TextValues {
  const intl = useIntl();
  const time = (name: string): string => {
    const at = task.facts[name];
    return typeof at === 'number' && at > 0
      ? intl.formatDate(at, {
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          hour: 'numeric',
          minute: '2-digit',
        })
      : '';
  };
  const has = (name: string): string =>
    task.facts[name] === undefined || task.facts[name] === 0 ? 'no' : 'yes';
  const days = Number(task.facts['days'] ?? 0);
  return {
    ...task.facts,
    count: task.count,
    shipBy: time('shipBy'),
    since: time('since'),
    at: time('at'),
    hasShipBy: has('shipBy'),
    hasSince: has('since'),
    hasSku: has('sku'),
    hasAt: has('at'),
    account: task.facts['account'] ?? '',
    sku: task.facts['sku'] ?? '',
    days: Math.abs(days),
    passed: days < 0 ? 'yes' : 'no',
  };
}
