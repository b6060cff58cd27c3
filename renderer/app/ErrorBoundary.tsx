import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import styles from './ErrorBoundary.module.css';

interface State {
  readonly error: unknown;
  readonly broken: boolean;
}

/** A screen that throws takes only itself down; the rest of the window stays usable. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null, broken: false };

  static getDerivedStateFromError(error: unknown): State {
    return { error, broken: true };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    // The only trace of a bug in a screen; the window's console goes to the developer tools.
    // oxlint-disable-next-line no-console
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div className={styles['broken']}>
        <ErrorNotice error={this.state.error} />
        <Button variant="default" onClick={() => this.setState({ error: null, broken: false })}>
          <FormattedMessage id="shell.screen.again" />
        </Button>
      </div>
    );
  }
}
