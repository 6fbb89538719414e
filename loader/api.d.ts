/** A colleague as the page sees one; nothing else leaves the widget. */
export interface EntraidePerson {
  id: string;
  name: string;
  title: string;
  team: string;
  place: string;
  /** Names of the skills that they can help with. */
  skills: string[];
  /** Names of the skills that they want to learn. */
  wants: string[];
  /** BCP 47 tags, best first. */
  languages: string[];
  availability: 'available' | 'busy' | 'away' | 'unknown';
  /** Why this colleague was found, in words. */
  why: string[];
}

/** The page that goes along with a question. */
export interface EntraideContext {
  title: string;
  url?: string;
}

/** What a question may be filled with. */
export interface EntraideDraft {
  question?: string;
  details?: string;
  /** Names, as a list or separated by commas. */
  skills?: string[] | string;
  /** Ids of the colleagues to ask, as a list or separated by commas. */
  to?: string[] | string;
  /** Another page than the one that the widget is in. */
  context?: EntraideContext;
}

/** A question as it is about to be sent: the detail of `entraide-before-post`, which may be changed. */
export interface EntraideNewRequest {
  question: string;
  details: string;
  skills: string[];
  to: string[];
  visibility: 'open' | 'private';
  context?: EntraideContext;
}

/** What `configure` takes; it wins over the attributes of script and elements. */
export interface EntraideConfiguration {
  /**
   * Gives the token of the one who reads the page. Asked before the first call and again when
   * the backend refuses a token; never stored.
   */
  getToken?: () => string | null | undefined | Promise<string | null | undefined>;
  /** Sent along with every call. */
  headers?: Record<string, string>;
  credentials?: RequestCredentials;
  /** A configuration document, or its address. */
  config?: string | object;
  /** Name of a preset. */
  backend?: string;
  /** Base address of the API. */
  base?: string;
  /** Language of the screens (BCP 47). */
  lang?: string;
  /** Whether title and address of the page go along with a question. */
  context?: 'page' | 'none';
  /** Texts by key, in place of the built-in ones. */
  messages?: Record<string, string>;
  /** The folder of `entraide-app.js` and `entraide.wasm`, with its slash; by default the script's. */
  assets?: string;
}

/** The panels that `open` knows. */
export type EntraidePanel = 'ask' | 'directory' | 'mine' | 'inbox';

/** What works and what does not; holds no personal data and may be copied into a ticket. */
export interface EntraideReport {
  version: string;
  /** How often the widget was started. */
  tries: number;
  /** Whether it runs. */
  loaded: boolean;
  failure?: { kind: 'unloaded' | 'refused' | 'broken'; message: string; detail?: string };
  /** What the Content-Security-Policy refused of the widget's own: directive and address. */
  violations: string[];
  /** Why the configuration cannot be used, in words. */
  problem?: string;
  /** Each operation: whether the backend has it, and how its last call ended. `defects` counts values that were not what the mapping says. */
  operations?: Record<string, { supported: boolean; status: number | null; error: string | null; defects: number }>;
  [more: string]: unknown;
}

/** `window.entraide`: usable before the widget has loaded; calls are kept until it has. */
export interface Entraide {
  readonly version: string;
  /** Settles when the widget runs; reading it starts the widget. */
  readonly ready: Promise<void>;
  /** Opens the panel with a question to ask. */
  ask(draft?: EntraideDraft): void;
  open(panel?: EntraidePanel): void;
  close(): void;
  search(query: string, options?: { limit?: number }): Promise<EntraidePerson[]>;
  configure(configuration: EntraideConfiguration): void;
  /** Listens to an event of any element of the page; what it returns ends that. */
  on<Name extends keyof EntraideEventMap>(event: Name, listener: (event: EntraideEventMap[Name]) => void): () => void;
  diagnose(): Promise<EntraideReport>;
  /** Takes the widget out of the page, without a trace. */
  destroy(): void;
}
