import { useText } from '../lib/text.ts';
import { keyParts } from './key-parts.ts';
import styles from './KeyHint.module.css';

/** A shortcut in Mantine's hotkey form (`mod+shift+P`), drawn as keys. */
export function KeyHint({ keys }: { readonly keys: string }) {
  const t = useText();
  return (
    <span className={styles['keys']}>
      {keyParts(keys, navigator.platform.startsWith('Mac')).map((part) => (
        <kbd key={part.text} className={styles['key']}>
          {part.word ? t(`shell.key.${part.text}`) : part.text}
        </kbd>
      ))}
    </span>
  );
}
