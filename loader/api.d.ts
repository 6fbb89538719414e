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

/** What proves who reads the page; nothing where that is not known. */
export type EntraideSecret = string | { user: string; password: string } | null | undefined;

/** What `configure` takes; it wins over the attributes of script and elements. */
export interface EntraideConfiguration {
  /**
   * Gives the token or key of the one who reads the page, or user name and password, for the
   * backend of this name (`auth.secret`, or the name of the mapping or of its part). Asked before
   * the first call and once again when the backend refuses it; never stored.
   */
  getToken?: (name: string) => EntraideSecret | Promise<EntraideSecret>;
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

/** How an operation of the mapping fared in a diagnosis. */
export interface EntraideOperationReport {
  supported: true;
  /** Method and address, without what anybody typed or is called. */
  call?: string;
  status: number | null;
  /** Milliseconds until the whole response was there. */
  ms?: number;
  /** Why it failed: `cors`, `csp`, `mixed-content`, `offline`, `signed-out`, `html` and others. */
  error: string | null;
  /** How many items were taken, and how many there are by the backend's word. */
  count?: number;
  total?: number | null;
  /** Names and types of what came; no value. */
  raw?: unknown;
  /** In how many items each field got something. */
  mapped?: Record<string, number>;
  /** Fields that the mapping reads, and that were empty in all items. */
  empty?: string[];
  /** What was not as the mapping says: where, what, how often. */
  defects: { pointer: string; problem: string; times: number }[];
  /** What to change, in words. */
  advice?: string[];
  /** Why it was not run. */
  skipped?: string;
}

/** What works and what does not; holds no personal data and no secret, and may be copied into a ticket. */
export interface EntraideReport {
  version: string;
  /** How often the widget was started. */
  tries: number;
  /** Whether it runs. */
  loaded: boolean;
  failure?: { kind: 'unloaded' | 'refused' | 'broken'; message: string; detail?: string };
  /** What the Content-Security-Policy refused: directive and address. */
  violations: string[];
  /** Why the configuration cannot be used, in words. */
  problem?: string;
  /** Each operation that the mapping describes; lists of requests by their scope, `requests.list mine`. */
  operations: Record<string, EntraideOperationReport>;
  /** For each secret that the mapping names: whether the page gave it, never what it is. */
  signIn?: Record<string, { kind: string; secret?: boolean; csrf?: boolean }>;
  /** All of it as a text to copy. */
  text: string;
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
