import { IconAlertOctagon, IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import type { OrderLine } from '#shared/contract/orders.ts';
import { useHasText, useText, type Text } from '../../../lib/text.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import type { StationStep } from './station-lines.ts';
import { moodOf, type Said, type StationState } from './station-state.ts';
import styles from './Station.module.css';

/** The last thing that happened, in colour, words and for screen readers, and the keys that work now. */
export function StationSaid({ step, state }: { readonly step: StationStep; readonly state: StationState }) {
  const t = useText();
  const has = useHasText();
  const { said } = state;
  const mood = said ? moodOf(said) : 'neutral';
  const Icon = mood === 'bad' ? IconAlertOctagon : mood === 'good' ? IconCheck : IconArrowBackUp;
  return (
    <footer className={styles['foot']}>
      <output className={styles['said']} data-mood={mood} aria-live="assertive" aria-atomic="true">
        {said ? (
          // Keyed by count: the same message again is news again.
          <span key={said.count} className={styles['saidWords']}>
            <Icon size={30} aria-hidden="true" />
            <span>
              <strong>{headline(t, has, step, said)}</strong>
              <span className={styles['saidDetail']}>{detail(t, said)}</span>
            </span>
          </span>
        ) : (
          <span className={styles['saidWords']}>{t(`orders.station.ready.${step}`)}</span>
        )}
        {state.waiting > 1 && (
          <span className={styles['waiting']}>{t('orders.station.waiting', { count: state.waiting })}</span>
        )}
      </output>
      <Keys step={step} state={state} />
    </footer>
  );
}

function name(t: Text, line: OrderLine | null): string {
  return line ? (line.sku ?? line.title) : t('orders.station.nothing');
}

function headline(t: Text, has: (id: string) => boolean, step: StationStep, said: Said): string {
  switch (said.kind) {
    case 'taken':
      return t(`orders.said.taken.${step}`, { count: said.units, what: name(t, said.line) });
    case 'missing':
      return t('orders.said.missing', {
        count: said.units,
        what: name(t, said.line),
        reason: said.reason,
      });
    case 'wrong_item':
      return t('orders.said.wrong_item', { code: said.code });
    case 'too_many':
      return t(`orders.said.too_many.${step}`, { what: name(t, said.line) });
    case 'not_now':
      return t('orders.said.not_now', { code: said.code });
    case 'undone':
      return t('orders.said.undone', { what: headline(t, has, step, said.what) });
    case 'nothing_to_undo':
      return t('orders.said.nothing_to_undo');
    case 'shipped':
      return t('orders.said.shipped', { number: said.number });
    case 'error':
      return has(`errors.${said.error.code}`) ? t(`errors.${said.error.code}`) : t('errors.INTERNAL');
  }
}

function detail(t: Text, said: Said): string {
  switch (said.kind) {
    case 'wrong_item':
    case 'too_many':
      return said.expected
        ? t('orders.said.expected', {
            what: name(t, said.expected),
            title: [said.expected.title, said.expected.variant].filter(Boolean).join(', '),
          })
        : '';
    case 'taken':
    case 'missing':
      return [said.line.title, said.line.variant].filter(Boolean).join(', ');
    case 'error':
      return said.error.message;
    case 'not_now':
    case 'undone':
    case 'nothing_to_undo':
    case 'shipped':
      return '';
  }
}

function Keys({ step, state }: { readonly step: StationStep; readonly state: StationState }) {
  const t = useText();
  const keys: (readonly [keys: string, text: string])[] = [];
  if (state.phase === 'working') {
    keys.push(['Enter', t('orders.keys.one')], ['shift+Enter', t('orders.keys.all')]);
    if (step === 'pick') {
      keys.push(
        ['Delete', t('orders.keys.missing')],
        ['shift+Delete', t('orders.keys.damaged')],
        ['mod+Delete', t('orders.keys.otherReason')],
      );
    }
    if (state.lines.length > 1) keys.push(['ArrowDown', t('orders.keys.line')]);
  } else if (state.phase === 'ship') keys.push(['Enter', t('orders.keys.ship')]);
  else if (state.phase !== 'done' && state.phase !== 'loading') keys.push(['Enter', t('orders.keys.next')]);
  if (state.undo.length > 0) keys.push(['Backspace', t('orders.keys.undo')]);
  if (state.phase === 'working') keys.push(['PageDown', t('orders.keys.skip')]);
  keys.push(['Escape', t('orders.keys.leave')]);
  return (
    <ul className={styles['keys']} aria-label={t('orders.keys')}>
      {keys.map(([key, text]) => (
        <li key={key}>
          <KeyHint keys={key} /> {text}
        </li>
      ))}
    </ul>
  );
}
