import {
  IconArrowBackUp,
  IconBuildingStore,
  IconSettingsAutomation,
  IconTerminal2,
  IconUser,
} from '@tabler/icons-react';
import { FormattedDate, FormattedTime, useIntl } from 'react-intl';
import type { Command } from '#shared/contract/history.ts';
import { commandLabel } from '../../lib/command-label.ts';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { Num } from '../../ui/Num.tsx';
import { actorName } from './actor-name.ts';
import { byDay } from './days.ts';
import styles from './history.module.css';
import { useRevert } from './use-revert.ts';

/** Commands of one day under its date. */
export function CommandTable({
  commands,
  open,
  onOpen,
}: {
  readonly commands: readonly Command[];
  readonly open: string | null;
  readonly onOpen: (commandId: string) => void;
}) {
  const t = useText();
  const { timeZone } = useIntl();
  return (
    <table className={styles['table']}>
      <caption className="qs-hidden">{t('history.title')}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles['when']}>
            {t('history.when')}
          </th>
          <th scope="col" className={styles['who']}>
            {t('history.who')}
          </th>
          <th scope="col">{t('history.what')}</th>
          <th scope="col" className={styles['number']}>
            {t('history.cells')}
          </th>
          <th scope="col" className={styles['number']}>
            {t('history.rows')}
          </th>
          <th scope="col" className={styles['state']}>
            <span className="qs-hidden">{t('history.state')}</span>
          </th>
        </tr>
      </thead>
      {byDay(commands, timeZone).map(({ day, members }) => (
        <tbody key={day}>
          <tr>
            <th scope="rowgroup" colSpan={6} className={styles['day']}>
              <FormattedDate value={members[0]?.at ?? 0} dateStyle="full" />
            </th>
          </tr>
          {members.map((command) => (
            <CommandRow
              key={command.commandId}
              command={command}
              open={command.commandId === open}
              onOpen={() => onOpen(command.commandId)}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function CommandRow({
  command,
  open,
  onOpen,
}: {
  readonly command: Command;
  readonly open: boolean;
  readonly onOpen: () => void;
}) {
  const t = useText();
  const { revert, pending } = useRevert();
  const { at, actor, cells, rows, undoOf, undoneBy, canUndo } = command;
  const label = commandLabel(command.label, t);
  const channel = actor.startsWith('channel:') ? actor.slice('channel:'.length) : null;
  const Who =
    channel !== null
      ? IconBuildingStore
      : actor === 'user'
        ? IconUser
        : actor === 'cli'
          ? IconTerminal2
          : IconSettingsAutomation;
  return (
    <tr data-open={open || undefined}>
      <td title={new Date(at).toLocaleString()}>
        <FormattedTime value={at} />{' '}
        <span className="qs-muted">
          <Age at={at} />
        </span>
      </td>
      <td>
        <span className={styles['actor']}>
          <Who size={14} aria-hidden="true" />
          {actorName(actor, t)}
        </span>
      </td>
      <td className={styles['label']}>
        <button type="button" className={styles['link']} aria-expanded={open} onClick={onOpen}>
          {undoOf !== null && <IconArrowBackUp size={14} aria-hidden="true" />}
          <span data-undone={undoneBy !== null || undefined}>
            {undoOf === null ? label : t('history.undoOf', { what: label })}
          </span>
        </button>
      </td>
      <td className={styles['number']}>
        <Num value={cells} />
      </td>
      <td className={styles['number']}>
        <Num value={rows} />
      </td>
      <td className={styles['state']}>
        {undoneBy !== null ? (
          <span className="qs-muted">{t('history.undone')}</span>
        ) : (
          canUndo &&
          undoOf === null && (
            <button
              type="button"
              className={styles['undo']}
              disabled={pending}
              aria-label={t('history.revert.of', { what: label })}
              onClick={() => revert({ commandId: command.commandId })}
            >
              {t('history.revert')}
            </button>
          )
        )}
      </td>
    </tr>
  );
}
