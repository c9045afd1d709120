import { Component, type ReactNode } from 'react';

interface ViewGateProps {
  /** Where the page is: at another place a view is tried again. */
  readonly path: string;
  readonly children: ReactNode;
}

interface ViewGateState {
  readonly path: string;
  readonly isBroken: boolean;
}

/** Stands for a view that could not be shown: its script did not arrive, or it threw. The way to the others stays. */
export class ViewGate extends Component<ViewGateProps, ViewGateState> {
  override state: ViewGateState = { path: this.props.path, isBroken: false };

  static getDerivedStateFromError(): Partial<ViewGateState> {
    return { isBroken: true };
  }

  static getDerivedStateFromProps({ path }: ViewGateProps, state: ViewGateState): ViewGateState | null {
    return path === state.path ? null : { path, isBroken: false };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <div className="empty" role="alert">
        <h1>This view could not be loaded</h1>
        <p>The server is away, or it has been renewed since the page was opened.</p>
        <button
          type="button"
          className="button primary"
          onClick={() => {
            window.location.reload();
          }}
        >
          Load the page again
        </button>
      </div>
    );
  }
}
