import { NativeSelect, TextInput } from '@mantine/core';
import { useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import type { AttributePart } from '#shared/contract/market.ts';
import type { Result } from '#shared/contract/methods.ts';
import { useEngineCommand } from '../../../lib/engine.tsx';
import { useHasText, useText } from '../../../lib/text.ts';
import { notifyError } from '../../../ui/notify.tsx';
import styles from './attributes.module.css';
import { partChanges, textOfPart } from './part-changes.ts';

type Attribute = Result<'market.attributes'>['attributes'][number];

export interface AttributeEditorProps {
  readonly listingId: string;
  readonly attribute: Attribute;
}

/**
 * The parts of one attribute. They are written together when the keyboard leaves
 * them or Enter is pressed, because a part alone may be against the rules.
 */
export function AttributeEditor({ listingId, attribute }: AttributeEditorProps) {
  const t = useText();
  const has = useHasText();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const { mutate, isPending } = useEngineCommand('market.editAttributes');
  const { parts, title } = attribute;
  const write = (values: Readonly<Record<string, string>>): void => {
    const changes = partChanges(parts, values);
    if (!changes.ok) return setRefusal(t('market.notNumber', { text: changes.text }));
    if (changes.changes.length === 0) {
      setTyped({});
      return setRefusal(null);
    }
    const label = t('market.label.edit', { attribute: title });
    mutate(
      { listingId, changes: changes.changes, label },
      {
        onSuccess: ({ rejected: [refused] }) => {
          if (!refused) setTyped({});
          const known = refused && `market.reason.${refused.code}`;
          const text = known && has(known) ? t(known) : null;
          setRefusal(refused ? [text, refused.message].filter(Boolean).join(': ') : null);
        },
        onError: notifyError,
      },
    );
  };
  const group = useRef<HTMLFieldSetElement>(null);
  const onBlur = (event: FocusEvent): void => {
    if (!group.current?.contains(event.relatedTarget)) write(typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      write(typed);
    } else if (event.key === 'Escape' && Object.keys(typed).length > 0) {
      // The first Esc takes the typing back, the next one closes the panel.
      event.preventDefault();
      event.stopPropagation();
      setTyped({});
      setRefusal(null);
    }
  };
  return (
    <fieldset ref={group} aria-label={title} aria-busy={isPending} className={styles['parts']}>
      {parts.map((part) => (
        <PartField
          key={part.path}
          part={part}
          label={parts.length === 1 ? title : `${title}: ${part.title}`}
          isShown={parts.length > 1}
          value={typed[part.path] ?? textOfPart(part.value)}
          isRefused={refusal !== null}
          onBlur={onBlur}
          onKeyDown={onKeyDown}
          onChange={(value) => setTyped((before) => ({ ...before, [part.path]: value }))}
        />
      ))}
      {refusal !== null && (
        <div role="alert" className={styles['problem']}>
          {refusal}
        </div>
      )}
    </fieldset>
  );
}

interface PartFieldProps {
  readonly part: AttributePart;
  readonly label: string;
  /** Whether the part's own title is shown: an attribute with one part has its name beside it. */
  readonly isShown: boolean;
  readonly value: string;
  readonly isRefused: boolean;
  readonly onChange: (value: string) => void;
  readonly onBlur: (event: FocusEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function PartField({ part, label, isShown, value, isRefused, onChange, onBlur, onKeyDown }: PartFieldProps) {
  const t = useText();
  const common = {
    size: 'xs' as const,
    'aria-label': label,
    disabled: !part.editable,
    value,
    error: isRefused,
    required: part.required,
    onBlur,
    onKeyDown,
    ...(isShown ? { description: part.title } : {}),
  };
  if (part.kind === 'enum' || part.kind === 'boolean') {
    const options =
      part.kind === 'enum'
        ? part.options
        : [
            { value: 'true', label: t('market.yes') },
            { value: 'false', label: t('market.no') },
          ];
    // A value that the rules do not have is shown, not lost.
    const known = value === '' || options.some((option) => option.value === value);
    const data = [{ value: '', label: '–' }, ...(known ? [] : [{ value, label: value }]), ...options];
    return <NativeSelect {...common} data={data} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  return (
    <TextInput
      {...common}
      inputMode={part.kind === 'text' ? 'text' : 'decimal'}
      placeholder={t('market.unset')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
