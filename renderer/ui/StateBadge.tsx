import {
  IconArrowUp,
  IconCheck,
  IconCircleFilled,
  IconClockPause,
  IconCornerDownRight,
  IconGitFork,
  IconMinus,
  IconX,
} from '@tabler/icons-react';
import { useText } from '../lib/text.ts';
import styles from './StateBadge.module.css';

export const BADGE_STATES = [
  'clean',
  'dirty',
  'pending',
  'verified',
  'rejected',
  'conflict',
  'stale',
  'inherited',
] as const;
export type BadgeState = (typeof BADGE_STATES)[number];

const ICONS = {
  clean: IconMinus,
  dirty: IconCircleFilled,
  pending: IconArrowUp,
  verified: IconCheck,
  rejected: IconX,
  conflict: IconGitFork,
  stale: IconClockPause,
  inherited: IconCornerDownRight,
} as const;

/** State of a value on its way to a channel: icon, word and hue, the same as in the spreadsheet. */
export function StateBadge({
  state,
  compact = false,
}: {
  readonly state: BadgeState;
  readonly compact?: boolean;
}) {
  const t = useText();
  const Icon = ICONS[state];
  const word = t(`shell.state.${state}`);
  return (
    <span
      className={styles['badge']}
      data-state={state}
      data-compact={compact}
      title={t(`shell.state.${state}.meaning`)}
    >
      <Icon size={state === 'dirty' ? 8 : 13} stroke={2.4} aria-hidden="true" />
      <span className={compact ? 'qs-hidden' : undefined}>{word}</span>
    </span>
  );
}
