// Made from the OpenAPI description by `npm run client:types`; a test fails where it is out of date.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly Log: {
            /** @enum {unknown} */
            readonly state: "sealing" | "following" | "standing";
            readonly reason: string | null;
            readonly origin: string | null;
            readonly sealed: string;
            readonly root: string | null;
            readonly keys: readonly string[];
            readonly witnesses: readonly {
                readonly key: string;
                readonly signed: string;
                readonly reason: string | null;
            }[];
        };
        readonly InclusionProof: {
            readonly position: string;
            readonly index: number;
            readonly leafHash: string;
            readonly hashes: readonly string[];
            readonly checkpoint: string;
        };
        readonly ConsistencyProof: {
            readonly first: number;
            readonly second: number;
            readonly hashes: readonly string[];
        };
        readonly Problem: {
            readonly type: string;
            readonly title: string;
            readonly status: number;
            readonly detail: string;
            readonly instance: string;
            readonly errors?: readonly {
                readonly pointer?: string;
                readonly parameter?: string;
                readonly header?: string;
                readonly rule: string;
                readonly message: string;
            }[];
        };
        readonly CommandResult: {
            readonly commandId: string;
            readonly stream: string;
            readonly revision: number;
            readonly position: string | null;
            readonly events: readonly {
                readonly eventId: string;
                readonly type: string;
                readonly revision: number;
            }[];
            readonly warnings: readonly {
                readonly code: string;
                readonly message: string;
                readonly pointer?: string;
            }[];
            readonly repeated: boolean;
        };
        readonly LineAnswer: {
            readonly line: number;
            readonly result?: components["schemas"]["CommandResult"];
            readonly problem?: components["schemas"]["Problem"];
        };
        readonly Stream: {
            readonly stream: string;
            readonly knownAt: {
                readonly position: string;
                readonly recordedAt: string | null;
            };
            readonly revision: number;
            readonly events: readonly components["schemas"]["Event"][];
        };
        readonly CloudEvent: {
            /** @constant */
            readonly specversion: "1.0";
            readonly id: string;
            /** Format: uri */
            readonly source: string;
            readonly type: string;
            readonly subject: string;
            /** Format: date-time */
            readonly time: string;
            /** @constant */
            readonly datacontenttype: "application/json";
            /** Format: uri */
            readonly dataschema: string;
            readonly position: string;
            readonly revision: number;
            readonly correlationid: string;
            readonly causationid: string;
            readonly traceparent?: string;
            readonly deliveryattempt?: number;
            readonly data: components["schemas"]["Event"];
        };
        readonly FeedCaughtUp: {
            readonly position: string;
        };
        readonly FeedDropped: {
            /** @enum {unknown} */
            readonly code: "too-slow" | "closing" | "failed";
            readonly reason: string;
        };
        readonly FeedLine: {
            /** @enum {unknown} */
            readonly feed: "opened" | "caught-up" | "heartbeat";
            readonly position: string;
        } | {
            /** @constant */
            readonly feed: "dropped";
            /** @enum {unknown} */
            readonly code: "too-slow" | "closing" | "failed";
            readonly reason: string;
        };
        readonly ConsumerGroup: {
            readonly group: string;
            readonly filter: Record<string, unknown>;
            /** @enum {unknown} */
            readonly from: "start" | "end";
            readonly maxRetries: number;
            readonly ackTimeoutSeconds: number;
            readonly workers: number;
            readonly inFlight: number;
            readonly parked: number;
            readonly lag: {
                readonly events: number;
                readonly seconds: number;
            } | null;
        };
        readonly ConsumerGroups: {
            readonly groups: readonly components["schemas"]["ConsumerGroup"][];
        };
        readonly GroupLine: {
            /** @constant */
            readonly feed: "joined";
            readonly worker: string;
        } | {
            /** @constant */
            readonly feed: "heartbeat";
            readonly position: string;
        } | {
            /** @constant */
            readonly feed: "dropped";
            /** @enum {unknown} */
            readonly code: "too-slow" | "closing" | "failed";
            readonly reason: string;
        };
        readonly GroupJoined: {
            readonly worker: string;
        };
        readonly Answered: {
            readonly unknown: readonly string[];
        };
        readonly Parked: {
            readonly parked: readonly {
                readonly reason: string;
                readonly parkedAt: string;
                readonly event: components["schemas"]["Event"];
            }[];
        };
        readonly SchemaIndex: {
            readonly events: readonly {
                readonly name: string;
                readonly schemaVersion: number;
                readonly id: string;
                readonly url: string;
                readonly command: string;
            }[];
            readonly commands: readonly {
                readonly name: string;
                readonly schemaVersion: number;
                readonly id: string;
                readonly url: string;
                readonly event: string;
            }[];
        };
        readonly Events: {
            readonly knownAt: {
                readonly position: string;
                readonly recordedAt: string | null;
            };
            readonly events: readonly components["schemas"]["Event"][];
            readonly next: string | null;
        };
        readonly Relationship: {
            readonly asOf: string;
            readonly knownAt: {
                readonly position: string;
                readonly recordedAt: string | null;
            };
            /** @enum {unknown} */
            readonly minimumStanding: "claimed" | "reported" | "announced" | "documented" | "registered";
            readonly pair: string;
            readonly parties: readonly {
                readonly code: string;
                readonly names: {
                    readonly [key: string]: string;
                };
            }[];
            readonly records: number;
            /** @enum {unknown} */
            readonly stage: "none" | "contact" | "negotiating" | "signed" | "in_force" | "institutionalised";
            readonly flags: {
                readonly severed: boolean;
                readonly dormant: boolean;
                readonly disputed: boolean;
            };
            readonly reasons: readonly string[];
            readonly agreements: readonly {
                readonly agreementId: string;
                readonly title: {
                    readonly [key: string]: string;
                } | null;
                readonly titleIsDescriptive: boolean;
                readonly instrumentType: string | null;
                readonly status: string | null;
                /** @enum {string|null} */
                readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered" | null;
                readonly signedOn: string | null;
                readonly areas: readonly string[];
                readonly consentPending: readonly string[];
                readonly provisionallyApplied: boolean;
                readonly denunciationPending: boolean;
                readonly lastDay: string | null;
                readonly endedOn: string | null;
                readonly disputed: boolean;
            }[];
            readonly mechanisms: readonly {
                readonly mechanismId: string;
                readonly name: {
                    readonly [key: string]: string;
                } | null;
                readonly status: string | null;
                /** @enum {string|null} */
                readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered" | null;
                readonly sessions: number;
            }[];
            readonly visits: {
                readonly count: number;
                readonly byDirection: {
                    readonly [key: string]: number;
                };
                readonly last: readonly {
                    readonly visitId: string;
                    readonly visitor: string;
                    readonly host: string;
                    readonly occurredOn: string | null;
                }[];
            };
            readonly meetings: {
                readonly count: number;
            };
            readonly exercises: {
                readonly count: number;
            };
            readonly areas: readonly {
                readonly code: string;
                readonly agreementIds: readonly string[];
            }[];
            readonly openDisputes: readonly {
                readonly disputeEventId: string;
                readonly stream: string;
                readonly targetEventId: string;
                readonly path: string;
                readonly alternatives: readonly Record<string, unknown>[];
            }[];
            readonly possible: readonly {
                readonly eventId: string;
                readonly type: string;
                readonly stream: string;
                readonly earliest: string | null;
                readonly latest: string;
            }[];
            readonly unsupported: readonly {
                readonly eventId: string;
                readonly type: string;
                readonly stream: string;
                readonly earliest: string | null;
                readonly latest: string;
            }[];
            readonly coverageFrom: string | null;
            readonly representation: {
                readonly [key: string]: string;
            };
        };
        readonly RelationshipItem: {
            readonly pair: string;
            readonly parties: readonly {
                readonly code: string;
                readonly names: {
                    readonly [key: string]: string;
                };
            }[];
            /** @enum {unknown} */
            readonly stage: "none" | "contact" | "negotiating" | "signed" | "in_force" | "institutionalised";
            readonly flags: {
                readonly severed: boolean;
                readonly dormant: boolean;
                readonly disputed: boolean;
            };
            readonly records: number;
        };
        readonly RelationshipPage: {
            readonly asOf: string;
            readonly knownAt: {
                readonly position: string;
                readonly recordedAt: string | null;
            };
            /** @enum {unknown} */
            readonly minimumStanding: "claimed" | "reported" | "announced" | "documented" | "registered";
            readonly dormantAfterMonths: number;
            readonly items: readonly components["schemas"]["RelationshipItem"][];
            readonly next: string | null;
        };
        readonly Record: {
            readonly stream?: string;
            readonly revision: number;
            readonly listed?: boolean;
            readonly pairs?: readonly string[];
        };
        readonly RecordPage: {
            readonly asOf: string;
            readonly knownAt: {
                readonly position: string;
                readonly recordedAt: string | null;
            };
            /** @enum {unknown} */
            readonly minimumStanding: "claimed" | "reported" | "announced" | "documented" | "registered";
            readonly items: readonly components["schemas"]["Record"][];
            readonly next: string | null;
        };
        readonly SearchItem: {
            readonly stream: string;
            /** @enum {unknown} */
            readonly category: "source" | "party" | "agreement" | "visit" | "meeting" | "mechanism" | "exercise" | "relationship";
            readonly id: string;
            readonly url: string;
            readonly title: {
                readonly [key: string]: string;
            } | null;
            readonly titleIsDescriptive: boolean;
            readonly pairs: readonly string[];
            readonly withdrawn: boolean;
            /** @enum {unknown} */
            readonly rank: "exact" | "word" | "part" | "words";
            readonly matches: readonly {
                readonly eventId: string | null;
                readonly type: string | null;
                readonly stream: string | null;
                readonly path: string;
                readonly language: string | null;
                /** @enum {unknown} */
                readonly kind: "person" | "place" | "text";
                readonly text: string;
                readonly spans: readonly (readonly number[])[];
                readonly occurredOn: string | null;
                readonly endedOn: string | null;
                /** @enum {string|null} */
                readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered" | null;
                readonly disputed: boolean;
            }[];
            readonly more: boolean;
        };
        readonly SearchPage: {
            readonly q: string;
            readonly asOf: string;
            readonly knownAt: {
                readonly position: string;
                readonly recordedAt: string | null;
            };
            /** @enum {unknown} */
            readonly minimumStanding: "claimed" | "reported" | "announced" | "documented" | "registered";
            readonly items: readonly components["schemas"]["SearchItem"][];
            readonly next: string | null;
        };
        readonly ReviewItem: {
            /** @enum {unknown} */
            readonly kind: "possible" | "disputed" | "unsupported" | "claimed" | "duplicate";
            readonly stream: string;
            /** @enum {unknown} */
            readonly category: "source" | "party" | "agreement" | "visit" | "meeting" | "mechanism" | "exercise" | "relationship";
            readonly url: string;
            readonly title: {
                readonly [key: string]: string;
            } | null;
            readonly titleIsDescriptive: boolean;
            readonly pairs: readonly string[];
            readonly direction: string | null;
            readonly eventId: string;
            readonly type: string;
            readonly occurredOn: string | null;
            readonly endedOn: string | null;
            readonly earliest: string | null;
            readonly latest: string | null;
            /** @enum {string|null} */
            readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered" | null;
            readonly evidence: readonly {
                readonly sourceId: string;
                readonly locator: string;
                /** @enum {unknown} */
                readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered";
                readonly note?: string;
                readonly title: {
                    readonly [key: string]: string;
                } | null;
                readonly withdrawn: boolean;
            }[];
            readonly position: number;
            readonly recordedAt: string;
            readonly commands: readonly string[];
            readonly disputeEventId: string | null;
            readonly path: string | null;
            readonly others: readonly {
                readonly stream: string;
                readonly title: {
                    readonly [key: string]: string;
                } | null;
                readonly titleIsDescriptive: boolean;
                readonly earliest: string | null;
                readonly latest: string | null;
            }[];
            readonly more: boolean;
        };
        readonly ReviewPage: {
            readonly asOf: string;
            readonly knownAt: {
                readonly position: string;
                readonly recordedAt: string | null;
            };
            /** @enum {unknown} */
            readonly minimumStanding: "claimed" | "reported" | "announced" | "documented" | "registered";
            readonly items: readonly components["schemas"]["ReviewItem"][];
            readonly next: string | null;
        };
        readonly DueItem: {
            /** @enum {unknown} */
            readonly kind: "expiry" | "tacit_renewal" | "denunciation_deadline" | "termination" | "signature" | "consent" | "visit" | "exercise";
            /** @enum {unknown} */
            readonly when: "overdue" | "upcoming" | "open";
            readonly from: string | null;
            readonly by: string | null;
            readonly plannedFor: string | null;
            readonly since: string | null;
            readonly awaited: readonly string[];
            readonly stream: string;
            /** @enum {unknown} */
            readonly category: "source" | "party" | "agreement" | "visit" | "meeting" | "mechanism" | "exercise" | "relationship";
            readonly url: string;
            readonly title: {
                readonly [key: string]: string;
            } | null;
            readonly titleIsDescriptive: boolean;
            readonly pairs: readonly string[];
            readonly direction: string | null;
            readonly eventId: string;
            readonly type: string;
            readonly occurredOn: string | null;
            readonly endedOn: string | null;
            readonly earliest: string | null;
            readonly latest: string | null;
            /** @enum {string|null} */
            readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered" | null;
            readonly evidence: readonly {
                readonly sourceId: string;
                readonly locator: string;
                /** @enum {unknown} */
                readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered";
                readonly note?: string;
                readonly title: {
                    readonly [key: string]: string;
                } | null;
                readonly withdrawn: boolean;
            }[];
            readonly position: number;
            readonly recordedAt: string;
            readonly commands: readonly string[];
        };
        readonly UpcomingPage: {
            readonly asOf: string;
            readonly knownAt: {
                readonly position: string;
                readonly recordedAt: string | null;
            };
            /** @enum {unknown} */
            readonly minimumStanding: "claimed" | "reported" | "announced" | "documented" | "registered";
            readonly within: string;
            readonly until: string;
            readonly items: readonly components["schemas"]["DueItem"][];
            readonly next: string | null;
        };
        readonly RefusedPage: {
            readonly items: readonly {
                readonly number: number;
                readonly refusedAt: string;
                readonly actor: string;
                readonly correlationId: string | null;
                readonly commandId: string | null;
                readonly type: string;
                readonly data: unknown;
                /** @enum {unknown} */
                readonly kind: "malformed" | "not-found" | "conflict" | "too-large" | "id-reused" | "stale-revision";
                readonly reason: string;
                readonly problems: readonly Record<string, unknown>[];
            }[];
            readonly next: string | null;
        };
        readonly LatePage: {
            readonly asOf: string;
            readonly knownAt: {
                readonly position: string;
                readonly recordedAt: string | null;
            };
            /** @enum {unknown} */
            readonly minimumStanding: "claimed" | "reported" | "announced" | "documented" | "registered";
            readonly days: number;
            readonly items: readonly {
                readonly stream: string;
                /** @enum {unknown} */
                readonly category: "source" | "party" | "agreement" | "visit" | "meeting" | "mechanism" | "exercise" | "relationship";
                readonly url: string;
                readonly title: {
                    readonly [key: string]: string;
                } | null;
                readonly titleIsDescriptive: boolean;
                readonly pairs: readonly string[];
                readonly direction: string | null;
                readonly eventId: string;
                readonly type: string;
                readonly occurredOn: string | null;
                readonly endedOn: string | null;
                readonly earliest: string | null;
                readonly latest: string | null;
                /** @enum {string|null} */
                readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered" | null;
                readonly evidence: readonly {
                    readonly sourceId: string;
                    readonly locator: string;
                    /** @enum {unknown} */
                    readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly note?: string;
                    readonly title: {
                        readonly [key: string]: string;
                    } | null;
                    readonly withdrawn: boolean;
                }[];
                readonly position: number;
                readonly recordedAt: string;
                readonly lateBy: {
                    readonly atLeast: number;
                    readonly atMost: number | null;
                };
            }[];
            readonly next: string | null;
        };
        readonly Diff: {
            readonly pair: string;
            readonly parties: readonly {
                readonly code: string;
                readonly names: {
                    readonly [key: string]: string;
                };
            }[];
            /** @enum {unknown} */
            readonly minimumStanding: "claimed" | "reported" | "announced" | "documented" | "registered";
            readonly from: {
                readonly asOf: string;
                readonly knownAt: {
                    readonly position: string;
                    readonly recordedAt: string | null;
                };
            };
            readonly to: {
                readonly asOf: string;
                readonly knownAt: {
                    readonly position: string;
                    readonly recordedAt: string | null;
                };
            };
            readonly changes: readonly {
                /** @description JSON Pointer; an item of a list is named by its id */
                readonly path: string;
                /** @description left out where there was no such field */
                readonly before?: unknown;
                /** @description left out where there is none any more */
                readonly after?: unknown;
                /** @enum {unknown} */
                readonly cause: "world" | "knowledge";
                readonly byTime: boolean;
                readonly events: readonly {
                    readonly eventId: string;
                    readonly type: string;
                    readonly stream: string;
                    readonly revision: number;
                    readonly position: number;
                    readonly recordedAt: string;
                    readonly actor: string;
                }[];
            }[];
        };
        readonly Blame: {
            readonly asOf: string;
            readonly knownAt: {
                readonly position: string;
                readonly recordedAt: string | null;
            };
            /** @enum {unknown} */
            readonly minimumStanding: "claimed" | "reported" | "announced" | "documented" | "registered";
            readonly pair?: string;
            readonly stream?: string;
            readonly fields: readonly {
                /** @description JSON Pointer into the view */
                readonly path: string;
                readonly value: unknown;
                readonly event: {
                    readonly eventId: string;
                    readonly type: string;
                    readonly stream: string;
                    readonly revision: number;
                    readonly position: number;
                    readonly recordedAt: string;
                    readonly actor: string;
                } | null;
                readonly reason: string | null;
                readonly restores: {
                    readonly eventId: string;
                    readonly type: string;
                    readonly stream: string;
                    readonly revision: number;
                    readonly position: number;
                    readonly recordedAt: string;
                    readonly actor: string;
                } | null;
                readonly evidence: readonly {
                    readonly sourceId: string;
                    readonly locator: string;
                    /** @enum {unknown} */
                    readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly note?: string;
                    readonly title: {
                        readonly [key: string]: string;
                    } | null;
                    readonly withdrawn: boolean;
                }[];
                /** @description left out where there was no such field */
                readonly before?: unknown;
            }[];
        };
        readonly HistoryEntry: {
            readonly eventId: string;
            readonly type: string;
            readonly stream: string;
            readonly record: string;
            readonly position: number;
            readonly revision: number;
            readonly recordedAt: string;
            readonly occurredOn: string | null;
            readonly endedOn: string | null;
            readonly earliest: string | null;
            readonly latest: string | null;
            /** @enum {string|null} */
            readonly when: "happened" | "possible" | "later" | null;
            /** @enum {string|null} */
            readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered" | null;
            readonly evidence: readonly {
                readonly sourceId: string;
                readonly locator: string;
                /** @enum {unknown} */
                readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered";
                readonly note?: string;
            }[];
            readonly data: Record<string, unknown>;
            readonly corroborations: readonly string[];
            readonly corrections: readonly string[];
            readonly disputes: readonly {
                readonly disputeEventId: string;
                readonly stream: string;
                readonly targetEventId: string;
                readonly path: string;
                readonly alternatives: readonly Record<string, unknown>[];
            }[];
            readonly retractedBy: string | null;
            readonly warnings: readonly {
                readonly code: string;
                readonly message: string;
                readonly pointer?: string;
            }[];
        };
        readonly History: {
            readonly asOf: string;
            readonly knownAt: {
                readonly position: string;
                readonly recordedAt: string | null;
            };
            /** @enum {unknown} */
            readonly minimumStanding: "claimed" | "reported" | "announced" | "documented" | "registered";
            readonly pair?: string;
            readonly stream?: string;
            readonly parties: readonly {
                readonly code: string;
                readonly names: {
                    readonly [key: string]: string;
                };
            }[];
            /** @enum {unknown} */
            readonly order: "valid" | "recorded";
            readonly entries: readonly components["schemas"]["HistoryEntry"][];
            readonly next: string | null;
        };
        readonly CommandLine: {
            /** @description the id of a record */
            readonly commandId: string;
            readonly type: string;
            readonly data: unknown;
            readonly expectedRevision?: number;
        };
        readonly RegisterSource: {
            /** @description texts by BCP 47 language tag */
            readonly title: {
                readonly [key: string]: string;
            };
            /** @enum {string} */
            readonly kind: "news_article" | "communique" | "treaty_text" | "gazette" | "registry_record" | "interview" | "dataset" | "other";
            /** @description a BCP 47 language tag, such as ar */
            readonly language: string;
            readonly publisher?: string;
            readonly author?: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly publishedOn?: string;
            /**
             * Format: uri
             * @description an absolute http or https URL
             */
            readonly url?: string;
            /** @description a SHA-256 in lower-case hex */
            readonly contentSha256?: string;
            /** @enum {string} */
            readonly reliability?: "A" | "B" | "C" | "D" | "E" | "F";
            /** @description the id of a record */
            readonly sourceId?: string;
        };
        readonly WithdrawSource: {
            readonly reason: string;
            /** @description the id of a record */
            readonly sourceId: string;
        };
        readonly RegisterParty: {
            /** @enum {string} */
            readonly kind: "state" | "former_state" | "organisation" | "territory";
            /** @description texts by BCP 47 language tag */
            readonly names: {
                readonly [key: string]: string;
            };
            readonly aliases: readonly string[];
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly existedFrom?: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly existedUntil?: string;
            /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
            readonly code: string;
        };
        readonly AddPartyAlias: {
            readonly alias: string;
            /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
            readonly code: string;
        };
        readonly Evidence: {
            /** @description the id of a record, of category source */
            readonly sourceId: string;
            readonly locator: string;
            /** @enum {string} */
            readonly standing: "claimed" | "reported" | "announced" | "documented" | "registered";
            readonly note?: string;
        };
        readonly ProposeAgreement: {
            readonly parties: readonly string[];
            /** @description texts by BCP 47 language tag */
            readonly title: {
                readonly [key: string]: string;
            };
            /** @constant */
            readonly titleIsDescriptive?: true;
            /** @enum {string} */
            readonly instrumentType: "treaty" | "agreement" | "memorandum_of_understanding" | "protocol" | "exchange_of_notes" | "arrangement" | "joint_declaration" | "contract" | "other";
            readonly areas: readonly string[];
            /** @description the id of a record, of category agreement */
            readonly parentAgreementId?: string;
            /** @description the id of a record */
            readonly agreementId?: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly DraftAgreement: {
            readonly parties: readonly string[];
            /** @description texts by BCP 47 language tag */
            readonly title: {
                readonly [key: string]: string;
            };
            /** @constant */
            readonly titleIsDescriptive?: true;
            /** @enum {string} */
            readonly instrumentType: "treaty" | "agreement" | "memorandum_of_understanding" | "protocol" | "exchange_of_notes" | "arrangement" | "joint_declaration" | "contract" | "other";
            readonly areas: readonly string[];
            /** @description the id of a record, of category agreement */
            readonly parentAgreementId?: string;
            /** @description the id of a record */
            readonly agreementId?: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly ClassifyAreas: {
            readonly areas: readonly string[];
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly RecordNegotiation: {
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly AnnounceSignature: {
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly plannedFor?: string;
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly InitialAgreement: {
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly Place: {
            /** @description texts by BCP 47 language tag */
            readonly name: {
                readonly [key: string]: string;
            };
            /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
            readonly country?: string;
        };
        readonly Signatory: {
            /** @description the code of a party of the record */
            readonly party: string;
            readonly person?: components["schemas"]["Person"];
            /** @description texts by BCP 47 language tag */
            readonly capacity?: {
                readonly [key: string]: string;
            };
            /** @enum {string} */
            readonly mode: "definitive" | "ad_referendum" | "subject_to_ratification";
        };
        readonly Person: {
            /** @description texts by BCP 47 language tag */
            readonly name?: {
                readonly [key: string]: string;
            };
            /** @description texts by BCP 47 language tag */
            readonly office?: {
                readonly [key: string]: string;
            };
            /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
            readonly party?: string;
            /** @description texts by BCP 47 language tag */
            readonly rank?: {
                readonly [key: string]: string;
            };
            /** @description the id of a record */
            readonly personId?: string;
        };
        readonly SignAgreement: {
            readonly place?: components["schemas"]["Place"];
            readonly signatories?: readonly components["schemas"]["Signatory"][];
            readonly witnesses?: readonly components["schemas"]["Person"][];
            /** @description texts by BCP 47 language tag */
            readonly occasion?: {
                readonly [key: string]: string;
            };
            /** @description the id of a record, of category visit */
            readonly visitId?: string;
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly ConfirmSignature: {
            /** @description the code of a party of the record */
            readonly party: string;
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly ApproveDomestically: {
            /** @description the code of a party of the record */
            readonly party: string;
            /** @description texts by BCP 47 language tag */
            readonly organ: {
                readonly [key: string]: string;
            };
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly ExpressConsent: {
            /** @description the code of a party of the record */
            readonly party: string;
            /** @enum {string} */
            readonly means: "ratification" | "acceptance" | "approval" | "accession" | "notification";
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly ApplyProvisionally: {
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly EndProvisionalApplication: {
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly BringIntoForce: {
            /** @description texts by BCP 47 language tag */
            readonly basis?: {
                readonly [key: string]: string;
            };
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly RecordTerms: {
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly expiresOn?: string;
            readonly durationYears?: number;
            /** @enum {string} */
            readonly renewal: "tacit" | "express" | "none";
            readonly noticeMonths?: number;
            readonly requiresRatification?: boolean;
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly AmendAgreement: {
            readonly summary: string;
            /** @description the id of a record, of category agreement */
            readonly amendingAgreementId?: string;
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly RenewAgreement: {
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly until?: string;
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly SuspendAgreement: {
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly ResumeAgreement: {
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly NotifyDenunciation: {
            /** @description the code of a party of the record */
            readonly by: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly effectiveOn?: string;
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly WithdrawDenunciation: {
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly TerminateAgreement: {
            /** @description texts by BCP 47 language tag */
            readonly ground?: {
                readonly [key: string]: string;
            };
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly ExpireAgreement: {
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly SupersedeAgreement: {
            /** @description the id of a record, of category agreement */
            readonly byAgreementId: string;
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly AbandonAgreement: {
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly PublishText: {
            /** @description a BCP 47 language tag, such as ar */
            readonly language: string;
            /** @description a SHA-256 in lower-case hex */
            readonly contentSha256?: string;
            /**
             * Format: uri
             * @description an absolute http or https URL
             */
            readonly url?: string;
            readonly authentic?: boolean;
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly RegisterAgreement: {
            readonly registry: string;
            readonly number: string;
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly AssertBindingness: {
            /** @description the code of a party of the record */
            readonly party: string;
            readonly binding: boolean;
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly LinkAgreement: {
            /** @description the id of a record, of category agreement */
            readonly toAgreementId: string;
            /** @enum {string} */
            readonly relation: "implements" | "amends" | "replaces" | "follows" | "possibly_same_as";
            /** @description the id of a record */
            readonly agreementId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly PlanVisit: {
            /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
            readonly visitor: string;
            /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
            readonly host: string;
            /** @enum {string} */
            readonly level: "head_of_state" | "head_of_government" | "minister" | "senior_official" | "military" | "other";
            /** @enum {string} */
            readonly kind: "state" | "official" | "working" | "courtesy" | "study" | "other";
            readonly durationDays?: number;
            readonly places?: readonly components["schemas"]["Place"][];
            readonly delegation?: readonly components["schemas"]["Person"][];
            readonly hosts?: readonly components["schemas"]["Person"][];
            readonly areas?: readonly string[];
            /** @description texts by BCP 47 language tag */
            readonly occasion?: {
                readonly [key: string]: string;
            };
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly plannedFor?: string;
            /** @description the id of a record */
            readonly visitId?: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly PostponeVisit: {
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly plannedFor?: string;
            readonly reason?: string;
            /** @description the id of a record */
            readonly visitId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly CancelVisit: {
            readonly reason?: string;
            /** @description the id of a record */
            readonly visitId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly HoldVisit: {
            /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
            readonly visitor: string;
            /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
            readonly host: string;
            /** @enum {string} */
            readonly level: "head_of_state" | "head_of_government" | "minister" | "senior_official" | "military" | "other";
            /** @enum {string} */
            readonly kind: "state" | "official" | "working" | "courtesy" | "study" | "other";
            readonly durationDays?: number;
            readonly places?: readonly components["schemas"]["Place"][];
            readonly delegation?: readonly components["schemas"]["Person"][];
            readonly hosts?: readonly components["schemas"]["Person"][];
            readonly areas?: readonly string[];
            /** @description texts by BCP 47 language tag */
            readonly occasion?: {
                readonly [key: string]: string;
            };
            /** @description the id of a record */
            readonly visitId?: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly LinkOutcome: {
            readonly agreementIds: readonly string[];
            readonly mechanismIds: readonly string[];
            /** @description the id of a record */
            readonly visitId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly HoldMeeting: {
            readonly parties: readonly string[];
            readonly participants: readonly components["schemas"]["Person"][];
            /** @enum {string} */
            readonly level?: "head_of_state" | "head_of_government" | "minister" | "senior_official" | "military" | "other";
            readonly place?: components["schemas"]["Place"];
            readonly areas?: readonly string[];
            /** @description texts by BCP 47 language tag */
            readonly outcome?: {
                readonly [key: string]: string;
            };
            /** @description the id of a record, of category visit */
            readonly visitId?: string;
            /** @description the id of a record */
            readonly meetingId?: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly CreateMechanism: {
            readonly parties: readonly string[];
            /** @description texts by BCP 47 language tag */
            readonly name: {
                readonly [key: string]: string;
            };
            /** @enum {string} */
            readonly kind: "joint_commission" | "committee" | "working_group" | "coordination_and_follow_up" | "other";
            /** @description texts by BCP 47 language tag */
            readonly mandate?: {
                readonly [key: string]: string;
            };
            /** @description the id of a record, of category agreement */
            readonly agreementId?: string;
            /** @description the id of a record */
            readonly mechanismId?: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly ConveneMechanism: {
            readonly ordinal?: number;
            readonly place?: components["schemas"]["Place"];
            /** @description texts by BCP 47 language tag */
            readonly outcome?: {
                readonly [key: string]: string;
            };
            /** @description the id of a record */
            readonly mechanismId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly AdoptWorkPlan: {
            /** @description the id of a record */
            readonly mechanismId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly RecordProgramme: {
            /** @description texts by BCP 47 language tag */
            readonly title: {
                readonly [key: string]: string;
            };
            /** @enum {string} */
            readonly status: "proposed" | "under_way" | "completed" | "abandoned";
            /** @description the id of a record */
            readonly mechanismId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly ChangeMandate: {
            /** @description texts by BCP 47 language tag */
            readonly mandate: {
                readonly [key: string]: string;
            };
            /** @description the id of a record */
            readonly mechanismId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly DissolveMechanism: {
            /** @description the id of a record */
            readonly mechanismId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly AnnounceExercise: {
            /** @description texts by BCP 47 language tag */
            readonly name: {
                readonly [key: string]: string;
            };
            readonly edition?: string;
            readonly participants: readonly string[];
            readonly place?: components["schemas"]["Place"];
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly plannedFor?: string;
            /** @description the id of a record */
            readonly exerciseId?: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly CancelExercise: {
            readonly reason?: string;
            /** @description the id of a record */
            readonly exerciseId: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly HoldExercise: {
            /** @description texts by BCP 47 language tag */
            readonly name: {
                readonly [key: string]: string;
            };
            readonly edition?: string;
            readonly participants: readonly string[];
            readonly place?: components["schemas"]["Place"];
            /** @description the id of a record */
            readonly exerciseId?: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly EstablishRelations: {
            /** @description a pair of party codes, sorted, such as MAR-PAK */
            readonly pair: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly SeverRelations: {
            /** @description a pair of party codes, sorted, such as MAR-PAK */
            readonly pair: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly RestoreRelations: {
            /** @description a pair of party codes, sorted, such as MAR-PAK */
            readonly pair: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly ChangeRepresentation: {
            /** @description the code of a party of the record */
            readonly by: string;
            /** @description a lower-case code such as embassy */
            readonly level: string;
            /** @description a pair of party codes, sorted, such as MAR-PAK */
            readonly pair: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly DeclareCoverage: {
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly from: string;
            /** @description a pair of party codes, sorted, such as MAR-PAK */
            readonly pair: string;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly occurredOn: string | null;
            /** @description a partial date: EDTF, level 0 or 1 */
            readonly endedOn?: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly CorroborateFact: {
            /** @description an event id (a UUID, lower case) */
            readonly targetEventId: string;
            /** @description a stream of the ledger, such as agreement-x */
            readonly stream: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly Change: {
            /** @description a JSON Pointer to /occurredOn, /endedOn or a field under /data */
            readonly path: string;
            readonly from: unknown;
            readonly to: unknown;
        };
        readonly CorrectFact: {
            /** @description an event id (a UUID, lower case) */
            readonly targetEventId: string;
            readonly changes: readonly components["schemas"]["Change"][];
            readonly reason: string;
            /** @description a stream of the ledger, such as agreement-x */
            readonly stream: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly Alternative: {
            readonly value: unknown;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly DisputeFact: {
            /** @description an event id (a UUID, lower case) */
            readonly targetEventId: string;
            /** @description a JSON Pointer to /occurredOn, /endedOn or a field under /data */
            readonly path: string;
            readonly alternatives: readonly components["schemas"]["Alternative"][];
            /** @description a stream of the ledger, such as agreement-x */
            readonly stream: string;
        };
        readonly ResolveDispute: {
            /** @description an event id (a UUID, lower case) */
            readonly disputeEventId: string;
            readonly value: unknown;
            readonly reason: string;
            /** @description a stream of the ledger, such as agreement-x */
            readonly stream: string;
            readonly evidence: readonly components["schemas"]["Evidence"][];
        };
        readonly RetractFact: {
            /** @description an event id (a UUID, lower case) */
            readonly targetEventId: string;
            readonly reason: string;
            /** @description a stream of the ledger, such as agreement-x */
            readonly stream: string;
        };
        readonly MergeRecord: {
            /** @description the id of a record */
            readonly intoId: string;
            readonly reason: string;
            /** @description a stream of the ledger, such as agreement-x */
            readonly stream: string;
        };
        readonly FeedFilterParams: {
            readonly pair?: readonly string[];
            readonly party?: readonly string[];
            readonly category?: readonly ("source" | "party" | "agreement" | "visit" | "meeting" | "mechanism" | "exercise" | "relationship")[];
            readonly stream?: readonly string[];
            readonly type?: readonly ("SourceRegistered" | "SourceWithdrawn" | "PartyRegistered" | "PartyAliasAdded" | "AgreementProposed" | "AgreementDrafted" | "AreasClassified" | "NegotiationHeld" | "SignatureAnnounced" | "Initialled" | "Signed" | "SignatureConfirmed" | "DomesticApprovalGiven" | "ConsentExpressed" | "ProvisionalApplicationStarted" | "ProvisionalApplicationEnded" | "EnteredIntoForce" | "TermsRecorded" | "Amended" | "Renewed" | "Suspended" | "Resumed" | "DenunciationNotified" | "DenunciationWithdrawn" | "Terminated" | "Expired" | "Superseded" | "Abandoned" | "TextPublished" | "Registered" | "BindingnessAsserted" | "AgreementLinked" | "VisitPlanned" | "VisitPostponed" | "VisitCancelled" | "VisitHeld" | "VisitOutcomeLinked" | "MeetingHeld" | "MechanismCreated" | "MechanismSessionHeld" | "WorkPlanAdopted" | "ProgrammeRecorded" | "MandateChanged" | "MechanismDissolved" | "ExerciseAnnounced" | "ExerciseCancelled" | "ExerciseHeld" | "RelationsEstablished" | "RelationsSevered" | "RelationsRestored" | "RepresentationChanged" | "CoverageDeclared" | "FactCorroborated" | "FactCorrected" | "FactDisputed" | "DisputeResolved" | "FactRetracted" | "RecordMerged")[];
            /** @enum {string} */
            readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
        };
        readonly ConsumerGroupBody: {
            readonly filter?: components["schemas"]["FeedFilterParams"];
            /** @enum {string} */
            readonly from?: "start" | "end";
            readonly maxRetries?: number;
            readonly ackTimeoutSeconds?: number;
        };
        readonly AcksBody: {
            readonly ids: readonly string[];
        };
        readonly NacksBody: {
            readonly ids: readonly string[];
            /** @enum {string} */
            readonly action: "retry" | "park" | "skip";
            readonly reason: string;
        };
        readonly Event: {
            readonly id: string;
            readonly stream: string;
            readonly revision: number;
            readonly position: number;
            readonly type: string;
            readonly body: {
                /** @description a partial date: EDTF, level 0 or 1; null where unknown */
                readonly occurredOn: string | null;
                /** @description a partial date: EDTF, level 0 or 1; null where unknown */
                readonly endedOn: string | null;
                readonly evidence: readonly components["schemas"]["Evidence"][];
                readonly data: Record<string, unknown>;
            };
            readonly metadata: {
                readonly commandId: string;
                readonly commandHash: string;
                readonly $correlationId: string;
                readonly $causationId: string;
                readonly actor: string;
                readonly schemaVersion: number;
                readonly warnings: readonly {
                    readonly code: string;
                    readonly message: string;
                    readonly pointer?: string;
                }[];
                /** Format: date-time */
                readonly recordedAt: string;
                readonly traceparent?: string;
            };
        };
        readonly Commands: {
            readonly RegisterSource: components["schemas"]["RegisterSource"];
            readonly WithdrawSource: components["schemas"]["WithdrawSource"];
            readonly RegisterParty: components["schemas"]["RegisterParty"];
            readonly AddPartyAlias: components["schemas"]["AddPartyAlias"];
            readonly ProposeAgreement: components["schemas"]["ProposeAgreement"];
            readonly DraftAgreement: components["schemas"]["DraftAgreement"];
            readonly ClassifyAreas: components["schemas"]["ClassifyAreas"];
            readonly RecordNegotiation: components["schemas"]["RecordNegotiation"];
            readonly AnnounceSignature: components["schemas"]["AnnounceSignature"];
            readonly InitialAgreement: components["schemas"]["InitialAgreement"];
            readonly SignAgreement: components["schemas"]["SignAgreement"];
            readonly ConfirmSignature: components["schemas"]["ConfirmSignature"];
            readonly ApproveDomestically: components["schemas"]["ApproveDomestically"];
            readonly ExpressConsent: components["schemas"]["ExpressConsent"];
            readonly ApplyProvisionally: components["schemas"]["ApplyProvisionally"];
            readonly EndProvisionalApplication: components["schemas"]["EndProvisionalApplication"];
            readonly BringIntoForce: components["schemas"]["BringIntoForce"];
            readonly RecordTerms: components["schemas"]["RecordTerms"];
            readonly AmendAgreement: components["schemas"]["AmendAgreement"];
            readonly RenewAgreement: components["schemas"]["RenewAgreement"];
            readonly SuspendAgreement: components["schemas"]["SuspendAgreement"];
            readonly ResumeAgreement: components["schemas"]["ResumeAgreement"];
            readonly NotifyDenunciation: components["schemas"]["NotifyDenunciation"];
            readonly WithdrawDenunciation: components["schemas"]["WithdrawDenunciation"];
            readonly TerminateAgreement: components["schemas"]["TerminateAgreement"];
            readonly ExpireAgreement: components["schemas"]["ExpireAgreement"];
            readonly SupersedeAgreement: components["schemas"]["SupersedeAgreement"];
            readonly AbandonAgreement: components["schemas"]["AbandonAgreement"];
            readonly PublishText: components["schemas"]["PublishText"];
            readonly RegisterAgreement: components["schemas"]["RegisterAgreement"];
            readonly AssertBindingness: components["schemas"]["AssertBindingness"];
            readonly LinkAgreement: components["schemas"]["LinkAgreement"];
            readonly PlanVisit: components["schemas"]["PlanVisit"];
            readonly PostponeVisit: components["schemas"]["PostponeVisit"];
            readonly CancelVisit: components["schemas"]["CancelVisit"];
            readonly HoldVisit: components["schemas"]["HoldVisit"];
            readonly LinkOutcome: components["schemas"]["LinkOutcome"];
            readonly HoldMeeting: components["schemas"]["HoldMeeting"];
            readonly CreateMechanism: components["schemas"]["CreateMechanism"];
            readonly ConveneMechanism: components["schemas"]["ConveneMechanism"];
            readonly AdoptWorkPlan: components["schemas"]["AdoptWorkPlan"];
            readonly RecordProgramme: components["schemas"]["RecordProgramme"];
            readonly ChangeMandate: components["schemas"]["ChangeMandate"];
            readonly DissolveMechanism: components["schemas"]["DissolveMechanism"];
            readonly AnnounceExercise: components["schemas"]["AnnounceExercise"];
            readonly CancelExercise: components["schemas"]["CancelExercise"];
            readonly HoldExercise: components["schemas"]["HoldExercise"];
            readonly EstablishRelations: components["schemas"]["EstablishRelations"];
            readonly SeverRelations: components["schemas"]["SeverRelations"];
            readonly RestoreRelations: components["schemas"]["RestoreRelations"];
            readonly ChangeRepresentation: components["schemas"]["ChangeRepresentation"];
            readonly DeclareCoverage: components["schemas"]["DeclareCoverage"];
            readonly CorroborateFact: components["schemas"]["CorroborateFact"];
            readonly CorrectFact: components["schemas"]["CorrectFact"];
            readonly DisputeFact: components["schemas"]["DisputeFact"];
            readonly ResolveDispute: components["schemas"]["ResolveDispute"];
            readonly RetractFact: components["schemas"]["RetractFact"];
            readonly MergeRecord: components["schemas"]["MergeRecord"];
        };
        readonly Queries: {
            readonly "/v1/relationships": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                };
                readonly answer: components["schemas"]["RelationshipPage"];
            };
            readonly "/v1/relationships/{pair}": {
                readonly params: {
                    readonly pair: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: components["schemas"]["Relationship"];
            };
            readonly "/v1/relationships/{pair}/history": {
                readonly params: {
                    readonly pair: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    /** @enum {string} */
                    readonly order?: "valid" | "recorded";
                };
                readonly answer: components["schemas"]["History"];
            };
            readonly "/v1/relationships/{pair}/diff": {
                readonly params: {
                    readonly pair: string;
                    readonly minPosition?: string;
                    readonly from: string;
                    readonly to?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: components["schemas"]["Diff"];
            };
            readonly "/v1/relationships/{pair}/blame": {
                readonly params: {
                    readonly pair: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly path?: string;
                };
                readonly answer: components["schemas"]["Blame"];
            };
            readonly "/v1/agreements": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                };
                readonly answer: components["schemas"]["RecordPage"];
            };
            readonly "/v1/agreements/{id}": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: components["schemas"]["Record"];
            };
            readonly "/v1/agreements/{id}/history": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    /** @enum {string} */
                    readonly order?: "valid" | "recorded";
                };
                readonly answer: components["schemas"]["History"];
            };
            readonly "/v1/agreements/{id}/blame": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly path?: string;
                };
                readonly answer: components["schemas"]["Blame"];
            };
            readonly "/v1/visits": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                };
                readonly answer: components["schemas"]["RecordPage"];
            };
            readonly "/v1/visits/{id}": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: components["schemas"]["Record"];
            };
            readonly "/v1/visits/{id}/history": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    /** @enum {string} */
                    readonly order?: "valid" | "recorded";
                };
                readonly answer: components["schemas"]["History"];
            };
            readonly "/v1/visits/{id}/blame": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly path?: string;
                };
                readonly answer: components["schemas"]["Blame"];
            };
            readonly "/v1/meetings": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                };
                readonly answer: components["schemas"]["RecordPage"];
            };
            readonly "/v1/meetings/{id}": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: components["schemas"]["Record"];
            };
            readonly "/v1/meetings/{id}/history": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    /** @enum {string} */
                    readonly order?: "valid" | "recorded";
                };
                readonly answer: components["schemas"]["History"];
            };
            readonly "/v1/meetings/{id}/blame": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly path?: string;
                };
                readonly answer: components["schemas"]["Blame"];
            };
            readonly "/v1/mechanisms": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                };
                readonly answer: components["schemas"]["RecordPage"];
            };
            readonly "/v1/mechanisms/{id}": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: components["schemas"]["Record"];
            };
            readonly "/v1/mechanisms/{id}/history": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    /** @enum {string} */
                    readonly order?: "valid" | "recorded";
                };
                readonly answer: components["schemas"]["History"];
            };
            readonly "/v1/mechanisms/{id}/blame": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly path?: string;
                };
                readonly answer: components["schemas"]["Blame"];
            };
            readonly "/v1/exercises": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                };
                readonly answer: components["schemas"]["RecordPage"];
            };
            readonly "/v1/exercises/{id}": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: components["schemas"]["Record"];
            };
            readonly "/v1/exercises/{id}/history": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    /** @enum {string} */
                    readonly order?: "valid" | "recorded";
                };
                readonly answer: components["schemas"]["History"];
            };
            readonly "/v1/exercises/{id}/blame": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly path?: string;
                };
                readonly answer: components["schemas"]["Blame"];
            };
            readonly "/v1/sources": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                };
                readonly answer: components["schemas"]["RecordPage"];
            };
            readonly "/v1/sources/{id}": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: components["schemas"]["Record"];
            };
            readonly "/v1/sources/{id}/history": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    /** @enum {string} */
                    readonly order?: "valid" | "recorded";
                };
                readonly answer: components["schemas"]["History"];
            };
            readonly "/v1/sources/{id}/blame": {
                readonly params: {
                    readonly id: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly path?: string;
                };
                readonly answer: components["schemas"]["Blame"];
            };
            readonly "/v1/parties": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    readonly name?: string;
                };
                readonly answer: components["schemas"]["RecordPage"];
            };
            readonly "/v1/parties/{code}": {
                readonly params: {
                    readonly code: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: components["schemas"]["Record"];
            };
            readonly "/v1/parties/{code}/history": {
                readonly params: {
                    readonly code: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    /** @enum {string} */
                    readonly order?: "valid" | "recorded";
                };
                readonly answer: components["schemas"]["History"];
            };
            readonly "/v1/parties/{code}/blame": {
                readonly params: {
                    readonly code: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly path?: string;
                };
                readonly answer: components["schemas"]["Blame"];
            };
            readonly "/v1/search": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly q: string;
                    /** @enum {string} */
                    readonly kind?: "person" | "place" | "source" | "party" | "agreement" | "visit" | "meeting" | "mechanism" | "exercise" | "relationship";
                    readonly pair?: string;
                    /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
                    readonly party?: string;
                    readonly limit?: number;
                    readonly cursor?: string;
                };
                readonly answer: components["schemas"]["SearchPage"];
            };
            readonly "/v1/review": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    /** @enum {string} */
                    readonly kind?: "possible" | "disputed" | "unsupported" | "claimed" | "duplicate";
                    readonly pair?: string;
                    /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
                    readonly party?: string;
                };
                readonly answer: components["schemas"]["ReviewPage"];
            };
            readonly "/v1/upcoming": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    readonly within?: string;
                    /** @enum {string} */
                    readonly kind?: "expiry" | "tacit_renewal" | "denunciation_deadline" | "termination" | "signature" | "consent" | "visit" | "exercise";
                    /** @enum {string} */
                    readonly when?: "overdue" | "upcoming" | "open";
                    readonly pair?: string;
                    /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
                    readonly party?: string;
                };
                readonly answer: components["schemas"]["UpcomingPage"];
            };
            readonly "/v1/refused-commands": {
                readonly params: {
                    readonly limit?: number;
                    readonly before?: string;
                };
                readonly answer: components["schemas"]["RefusedPage"];
            };
            readonly "/v1/late": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly limit?: number;
                    readonly cursor?: string;
                    readonly days?: number;
                    readonly pair?: string;
                    /** @description a party code: ISO 3166-1 alpha-3 or a registered one */
                    readonly party?: string;
                };
                readonly answer: components["schemas"]["LatePage"];
            };
            readonly "/v1/streams/{stream}": {
                readonly params: {
                    readonly stream: string;
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                };
                readonly answer: components["schemas"]["Stream"];
            };
            readonly "/v1/events": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    readonly after?: string;
                    readonly limit?: number;
                };
                readonly answer: components["schemas"]["Events"];
            };
            readonly "/v1/events/stream": {
                readonly params: {
                    readonly pair?: readonly string[];
                    readonly party?: readonly string[];
                    readonly category?: readonly ("source" | "party" | "agreement" | "visit" | "meeting" | "mechanism" | "exercise" | "relationship")[];
                    readonly stream?: readonly string[];
                    readonly type?: readonly ("SourceRegistered" | "SourceWithdrawn" | "PartyRegistered" | "PartyAliasAdded" | "AgreementProposed" | "AgreementDrafted" | "AreasClassified" | "NegotiationHeld" | "SignatureAnnounced" | "Initialled" | "Signed" | "SignatureConfirmed" | "DomesticApprovalGiven" | "ConsentExpressed" | "ProvisionalApplicationStarted" | "ProvisionalApplicationEnded" | "EnteredIntoForce" | "TermsRecorded" | "Amended" | "Renewed" | "Suspended" | "Resumed" | "DenunciationNotified" | "DenunciationWithdrawn" | "Terminated" | "Expired" | "Superseded" | "Abandoned" | "TextPublished" | "Registered" | "BindingnessAsserted" | "AgreementLinked" | "VisitPlanned" | "VisitPostponed" | "VisitCancelled" | "VisitHeld" | "VisitOutcomeLinked" | "MeetingHeld" | "MechanismCreated" | "MechanismSessionHeld" | "WorkPlanAdopted" | "ProgrammeRecorded" | "MandateChanged" | "MechanismDissolved" | "ExerciseAnnounced" | "ExerciseCancelled" | "ExerciseHeld" | "RelationsEstablished" | "RelationsSevered" | "RelationsRestored" | "RepresentationChanged" | "CoverageDeclared" | "FactCorroborated" | "FactCorrected" | "FactDisputed" | "DisputeResolved" | "FactRetracted" | "RecordMerged")[];
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                    readonly after?: string;
                };
                readonly answer: components["schemas"]["CloudEvent"] | components["schemas"]["FeedCaughtUp"] | components["schemas"]["FeedDropped"];
            };
            readonly "/v1/consumer-groups": {
                readonly params: Record<string, unknown>;
                readonly answer: components["schemas"]["ConsumerGroups"];
            };
            readonly "/v1/consumer-groups/{group}": {
                readonly params: {
                    readonly group: string;
                };
                readonly answer: components["schemas"]["ConsumerGroup"];
            };
            readonly "/v1/consumer-groups/{group}/events": {
                readonly params: {
                    readonly group: string;
                    readonly buffer?: number;
                };
                readonly answer: components["schemas"]["CloudEvent"] | components["schemas"]["GroupJoined"] | components["schemas"]["FeedDropped"];
            };
            readonly "/v1/consumer-groups/{group}/parked": {
                readonly params: {
                    readonly group: string;
                    readonly limit?: number;
                };
                readonly answer: components["schemas"]["Parked"];
            };
            readonly "/v1/exports/dyad-years.csv": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: string;
            };
            readonly "/v1/exports/agreements.csv": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: string;
            };
            readonly "/v1/exports/visits.csv": {
                readonly params: {
                    readonly minPosition?: string;
                    readonly knownAt?: string;
                    /** Format: date */
                    readonly asOf?: string;
                    /** @enum {string} */
                    readonly minimumStanding?: "claimed" | "reported" | "announced" | "documented" | "registered";
                };
                readonly answer: string;
            };
            readonly "/v1/log": {
                readonly params: Record<string, unknown>;
                readonly answer: components["schemas"]["Log"];
            };
            readonly "/v1/log/entries/{position}": {
                readonly params: {
                    readonly position: string;
                };
                readonly answer: Record<string, unknown>;
            };
            readonly "/v1/log/entries/{position}/proof": {
                readonly params: {
                    readonly position: string;
                };
                readonly answer: components["schemas"]["InclusionProof"];
            };
            readonly "/v1/log/consistency": {
                readonly params: {
                    readonly first: string;
                    readonly second?: string;
                };
                readonly answer: components["schemas"]["ConsistencyProof"];
            };
            readonly "/v1/schemas": {
                readonly params: Record<string, unknown>;
                readonly answer: components["schemas"]["SchemaIndex"];
            };
            readonly "/v1/schemas/events/{name}": {
                readonly params: {
                    readonly name: string;
                };
                readonly answer: Record<string, unknown>;
            };
            readonly "/v1/schemas/commands/{name}": {
                readonly params: {
                    readonly name: string;
                };
                readonly answer: Record<string, unknown>;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

/** The questions that can be asked to wait for a position. */
export const waitingPaths: ReadonlySet<string> = new Set([
  '/v1/relationships',
  '/v1/relationships/{pair}',
  '/v1/relationships/{pair}/history',
  '/v1/relationships/{pair}/diff',
  '/v1/relationships/{pair}/blame',
  '/v1/agreements',
  '/v1/agreements/{id}',
  '/v1/agreements/{id}/history',
  '/v1/agreements/{id}/blame',
  '/v1/visits',
  '/v1/visits/{id}',
  '/v1/visits/{id}/history',
  '/v1/visits/{id}/blame',
  '/v1/meetings',
  '/v1/meetings/{id}',
  '/v1/meetings/{id}/history',
  '/v1/meetings/{id}/blame',
  '/v1/mechanisms',
  '/v1/mechanisms/{id}',
  '/v1/mechanisms/{id}/history',
  '/v1/mechanisms/{id}/blame',
  '/v1/exercises',
  '/v1/exercises/{id}',
  '/v1/exercises/{id}/history',
  '/v1/exercises/{id}/blame',
  '/v1/sources',
  '/v1/sources/{id}',
  '/v1/sources/{id}/history',
  '/v1/sources/{id}/blame',
  '/v1/parties',
  '/v1/parties/{code}',
  '/v1/parties/{code}/history',
  '/v1/parties/{code}/blame',
  '/v1/search',
  '/v1/review',
  '/v1/upcoming',
  '/v1/late',
  '/v1/streams/{stream}',
  '/v1/events',
  '/v1/exports/dyad-years.csv',
  '/v1/exports/agreements.csv',
  '/v1/exports/visits.csv',
]);
