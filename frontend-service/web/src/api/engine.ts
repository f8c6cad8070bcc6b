// Made from etl-service/openapi.json by: npm run api. Not to be edited.
export interface paths {
    "/api/etl/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All alerts */
        get: operations["list_1"];
        put?: never;
        /** Add an alert */
        post: operations["create_1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One alert with its latest incidents */
        get: operations["one_1"];
        /** Change an alert; its secret stays if it is left out */
        put: operations["update_1"];
        post?: never;
        /** Remove an alert */
        delete: operations["delete_1"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/alerts/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message now */
        post: operations["test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What needs a person */
        get: operations["all_6"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed what, the latest first */
        get: operations["list_2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is left of each source's allowance */
        get: operations["all_5"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All connections, without their secrets */
        get: operations["list"];
        put?: never;
        /** Add a connection; its first sync begins by itself */
        post: operations["create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One connection */
        get: operations["one"];
        /** Change a connection; secrets that are left out stay */
        put: operations["update"];
        post?: never;
        /** Remove a connection and all that was read through it */
        delete: operations["delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/connections/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try out a saved connection */
        post: operations["check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/connections/{id}/discover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Projects or repositories to choose from, asked through a saved connection */
        post: operations["discover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/connections/{id}/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What reading all of it takes, by a saved connection */
        post: operations["estimate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/connections/{id}/scope": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of its source is read */
        get: operations["scope"];
        /** Choose what of its source is read */
        put: operations["scope_1"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/connections/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try out a form: do address and credentials work, and what may they not see */
        post: operations["check_1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/connections/discover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Projects or repositories to choose from, asked of the source by a form */
        post: operations["discover_1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/connections/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the first sync will take, by a form */
        post: operations["estimate_1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which sources Pulse can read, with the form of each */
        get: operations["connectors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Listen to what happens, as server-sent events */
        get: operations["listen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/freshness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When each connection was last read to its end */
        get: operations["all_4"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How every job stands */
        get: operations["all_3"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one job stands, and why it waits */
        get: operations["one_4"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make it the next, and let all others wait */
        post: operations["activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/backfill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a span of time again beside the ordinary reading */
        post: operations["backfill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/backfills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Backfills of a job, the latest first */
        get: operations["backfills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/backfills/{backfill}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a backfill; what it has read stays */
        delete: operations["cancel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far each of its streams has read */
        get: operations["checkpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/checkpoints/rewind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read streams again from a time, at the next run */
        post: operations["rewind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of its source is read, what cannot be, and why */
        get: operations["coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What went wrong with it, by kind */
        get: operations["byKind"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let nothing of it go on until it is resumed */
        post: operations["pause_1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End its pause */
        post: operations["resume_1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its runs, the latest first */
        get: operations["runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When it is due */
        get: operations["show"];
        /** Choose when it is due */
        put: operations["choose"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/schedule/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** When it would be due; nothing is saved */
        post: operations["preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a job now */
        post: operations["start_1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End its run after this page or at once */
        post: operations["stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/vanished": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records that vanished in numbers and wait for a decision */
        get: operations["vanished"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/vanished/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It is true: mark them as gone */
        post: operations["approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/{id}/vanished/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It is not true: keep them */
        post: operations["reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/jobs/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How every job stands, as a plain array */
        get: operations["status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/logs/cleanup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete old log files */
        post: operations["cleanup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/logs/download/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a log file */
        get: operations["download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/logs/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its log files */
        get: operations["files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/logs/recent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last lines that this node has logged */
        get: operations["recent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/orchestrator": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What runs, what waits for what, and what is set for all jobs */
        get: operations["show_1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/orchestrator/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin maintenance: nothing new starts */
        post: operations["pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/orchestrator/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End maintenance */
        post: operations["resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/orchestrator/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change what is set for all jobs */
        put: operations["settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/orchestrator/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start all jobs that are at rest */
        post: operations["start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records that could not be read */
        get: operations["all_2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/quarantine/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them, as the source sent it */
        get: operations["one_3"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/quarantine/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read it again */
        post: operations["retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All runs, the latest first */
        get: operations["all_1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run */
        get: operations["one_2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/runs/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What failed in it, and what could not be read */
        get: operations["errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened in it, the oldest first */
        get: operations["events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/runs/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was logged of it, on all nodes */
        get: operations["log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/runs/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far it has come altogether */
        get: operations["progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/runs/{id}/streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far it has come in each part of each stream */
        get: operations["streams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/etl/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether each source answers */
        get: operations["all"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Alert: {
            /** @enum {string} */
            channel?: "WEBHOOK" | "MAIL";
            enabled?: boolean;
            /** Format: int64 */
            id?: number;
            name?: string;
            secretSet?: boolean;
            to?: string[];
            url?: string;
            /** Format: int64 */
            version?: number;
            watched?: components["schemas"]["Watched"];
        };
        AlertInput: {
            /** Format: int32 */
            budgetBelowPercent?: number;
            /** @enum {string} */
            channel: "WEBHOOK" | "MAIL";
            conditions: ("JOB_FAILED" | "JOB_LATE" | "BUDGET_LOW" | "QUARANTINE_GROWING")[];
            connections?: number[];
            enabled?: boolean;
            /** Format: int32 */
            lateAfter?: number;
            name: string;
            /** Format: int32 */
            quarantinePerHour?: number;
            reason?: string;
            secret?: string;
            to?: string[];
            url?: string;
            /** Format: int64 */
            version?: number;
        };
        AlertView: {
            alert?: components["schemas"]["Alert"];
            incidents?: components["schemas"]["Incident"][];
        };
        Approval: {
            reason?: string;
            /** Format: int32 */
            rows: number;
            stream: string;
            /** Format: int64 */
            upTo: number;
        };
        Attention: {
            /** Format: int64 */
            connectionId?: number;
            /** Format: int64 */
            count?: number;
            detail?: string;
            /** @enum {string} */
            kind?: "JOB_FAILED" | "JOB_LATE" | "SOURCE_WAIT" | "QUARANTINE_GROWING" | "COVERAGE_HOLE" | "VANISHED_ROWS" | "CERTIFICATE_EXPIRES" | "TOKEN_EXPIRES" | "ORCHESTRATOR_PAUSED";
            remedy?: string;
            /** @enum {string} */
            severity?: "ERROR" | "WARNING" | "INFO";
            /** Format: date-time */
            since?: string;
            target?: components["schemas"]["Target"];
            title?: string;
            /** Format: date-time */
            until?: string;
        };
        AttentionList: {
            items?: components["schemas"]["Attention"][];
            next?: string;
        };
        AuditEvent: {
            action?: string;
            actor?: string;
            after?: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            at?: string;
            before?: {
                [key: string]: unknown;
            };
            /** Format: int64 */
            id?: number;
            reason?: string;
            requestId?: string;
            targetId?: string;
            targetKind?: string;
        };
        AuditEvents: {
            items?: components["schemas"]["AuditEvent"][];
            next?: string;
        };
        Backfill: {
            /** Format: date-time */
            askedAt?: string;
            /** Format: date-time */
            beganAt?: string;
            /** Format: date-time */
            endedAt?: string;
            failure?: string;
            /** Format: int32 */
            failures?: number;
            /** Format: int64 */
            id?: number;
            /** Format: int64 */
            inserted?: number;
            /** Format: int64 */
            pages?: number;
            /** Format: int64 */
            partitions?: number;
            /** Format: int64 */
            partitionsEnded?: number;
            reason?: string;
            remedy?: string;
            /** @enum {string} */
            state?: "QUEUED" | "RUNNING" | "FINISHED" | "FAILED" | "CANCELLED";
            /** Format: int64 */
            unchanged?: number;
            /** Format: int64 */
            updated?: number;
            wanted?: components["schemas"]["Wanted"];
        };
        BackfillRequest: {
            /** Format: date-time */
            from: string;
            partition?: string;
            reason: string;
            stream?: string;
            /** Format: date-time */
            to?: string;
        };
        BudgetChange: {
            budget?: components["schemas"]["State"];
            jobIds?: number[];
            /** Format: int64 */
            version?: number;
        };
        BudgetGauge: {
            budget?: components["schemas"]["State"];
            jobIds?: number[];
        };
        CheckpointView: {
            /** Format: date-time */
            completedAt?: string;
            label?: string;
            partition?: string;
            /** Format: int64 */
            read?: number;
            standing?: components["schemas"]["Standing"];
            stream?: string;
            streamLabel?: string;
            /** Format: int64 */
            total?: number;
            /** Format: date-time */
            updatedAt?: string;
            /** Format: int64 */
            version?: number;
            /** Format: date-time */
            walkNewest?: string;
            /** Format: date-time */
            walkStartedAt?: string;
            /** Format: date-time */
            watermark?: string;
        };
        CheckView: {
            account?: string;
            missing?: components["schemas"]["MissingRight"][];
            product?: string;
            works?: boolean;
        };
        Cleaned: {
            /** Format: int64 */
            bytes?: number;
            deleted?: string[];
        };
        Cleanup: {
            /** Format: int32 */
            olderThanDays: number;
            reason?: string;
        };
        ConnectionForm: {
            fields?: components["schemas"]["Field"][];
            rights?: components["schemas"]["Right"][];
        };
        ConnectionFreshness: {
            /** Format: int64 */
            connectionId?: number;
            connector?: string;
            /** Format: date-time */
            lastSuccess?: string;
            late?: boolean;
            /** Format: int32 */
            missed?: number;
            /** Format: date-time */
            missedSince?: string;
            name?: string;
            /** Format: date-time */
            nextDueAt?: string;
            oldest?: components["schemas"]["StreamFreshness"];
            /** Format: int64 */
            runId?: number;
            /** @enum {string} */
            state?: "NOT_STARTED" | "PENDING" | "RUNNING" | "PAUSED" | "FINISHED" | "FAILED";
            streams?: components["schemas"]["StreamFreshness"][];
        };
        ConnectionInput: {
            connector: string;
            name: string;
            network?: components["schemas"]["NetworkInput"];
            reason?: string;
            sameSource?: boolean;
            scope?: components["schemas"]["ScopeInput"];
            secrets?: {
                [key: string]: string;
            };
            settings?: {
                [key: string]: string;
            };
            startFrom?: string;
            /** Format: int64 */
            version?: number;
        };
        ConnectionView: {
            connector?: string;
            /** Format: date-time */
            createdAt?: string;
            /** Format: int64 */
            id?: number;
            name?: string;
            network?: components["schemas"]["NetworkInput"];
            scope?: components["schemas"]["ScopeInput"];
            secrets?: {
                [key: string]: boolean;
            };
            settings?: {
                [key: string]: string;
            };
            /** Format: date-time */
            startFrom?: string;
            /** Format: int64 */
            version?: number;
        };
        ConnectorView: {
            form?: components["schemas"]["ConnectionForm"];
            id?: string;
            label?: string;
        };
        Control: {
            force?: boolean;
            /** @enum {string} */
            mode?: "page" | "now" | "finish";
            reason?: string;
        };
        Count: {
            /** Format: int64 */
            atSource?: number;
            /** Format: date-time */
            countedAt?: string;
            kind?: string;
            record?: string;
            /** Format: int64 */
            stored?: number;
        };
        CoverageView: {
            items?: components["schemas"]["ElementView"][];
            next?: string;
            streams?: components["schemas"]["RefusedView"][];
            uncounted?: string[];
        };
        Decided: {
            /** Format: int32 */
            rows?: number;
        };
        Detail: {
            entry?: components["schemas"]["Entry"];
            raw?: string;
        };
        ElementView: {
            counts?: components["schemas"]["Count"][];
            externalId?: string;
            included?: boolean;
            name?: string;
            unreadable?: components["schemas"]["RefusedView"][];
        };
        Entry: {
            /** Format: int64 */
            connectionId?: number;
            externalId?: string;
            /** Format: date-time */
            firstSeen?: string;
            /** Format: int64 */
            id?: number;
            /** Format: date-time */
            lastSeen?: string;
            partition?: string;
            reason?: string;
            /** Format: int64 */
            runId?: number;
            /** Format: int64 */
            seen?: number;
            stream?: string;
        };
        ErrorKind: {
            /** @enum {string} */
            category?: "CONFIGURATION" | "SOURCE" | "CAPACITY" | "INTERNAL";
            code?: string;
            /** Format: int64 */
            count?: number;
            example?: components["schemas"]["Example"];
            /** Format: date-time */
            firstSeen?: string;
            /** Format: date-time */
            lastSeen?: string;
            stream?: string;
        };
        EstimateView: {
            /** Format: int64 */
            diskBytes?: number;
            /** Format: int64 */
            records?: number;
            /** Format: int64 */
            requests?: number;
            /** Format: int64 */
            rows?: number;
            streams?: components["schemas"]["Expected"][];
        };
        Eta: {
            /** Format: date-time */
            earliest?: string;
            /** Format: date-time */
            latest?: string;
        };
        Example: {
            message?: string;
            remedy?: string;
            /** Format: int64 */
            runId?: number;
        };
        Expected: {
            /** Format: int64 */
            records?: number;
            /** Format: int64 */
            requests?: number;
            /** Format: int64 */
            rows?: number;
            stream?: string;
        };
        Failure: {
            /** @enum {string} */
            category?: "CONFIGURATION" | "SOURCE" | "CAPACITY" | "INTERNAL";
            code?: string;
            message?: string;
            remedy?: string;
        };
        Field: {
            defaultValue?: string;
            help?: string;
            label?: string;
            name?: string;
            options?: string[];
            required?: boolean;
            /** @enum {string} */
            type?: "TEXT" | "URL" | "SECRET" | "SELECT" | "LIST" | "SCOPE";
        };
        FreshnessList: {
            items?: components["schemas"]["ConnectionFreshness"][];
            next?: string;
        };
        Health: {
            problems?: string[];
            service?: string;
            status?: string;
            version?: string;
        };
        Incident: {
            /** @enum {string} */
            condition?: "JOB_FAILED" | "JOB_LATE" | "BUDGET_LOW" | "QUARANTINE_GROWING";
            /** Format: date-time */
            endedAt?: string;
            /** Format: int64 */
            id?: number;
            messages?: components["schemas"]["Told"][];
            /** Format: date-time */
            openedAt?: string;
            subject?: string;
            summary?: string;
        };
        JobChange: {
            job?: components["schemas"]["JobStatus"];
            /** Format: int64 */
            jobId?: number;
            /** Format: int64 */
            runId?: number;
            /** Format: int64 */
            version?: number;
        };
        JobStatus: {
            activated?: boolean;
            connector?: string;
            error?: components["schemas"]["Failure"];
            forced?: boolean;
            /** Format: int64 */
            id?: number;
            /** Format: date-time */
            lastSuccess?: string;
            name?: string;
            /** Format: date-time */
            nextDueAt?: string;
            reason?: string;
            /** Format: int64 */
            rows?: number;
            /** Format: int64 */
            runId?: number;
            /** @enum {string} */
            state?: "NOT_STARTED" | "PENDING" | "RUNNING" | "PAUSED" | "FINISHED" | "FAILED";
            unfinished?: boolean;
            /** @enum {string} */
            wish?: "ACTIVATION" | "MAINTENANCE" | "PAUSE" | "STOP";
        };
        Kept: {
            instead?: string;
            partition?: string;
            stream?: string;
        };
        ListedAlert: {
            items?: components["schemas"]["Alert"][];
            next?: string;
        };
        ListedBackfill: {
            items?: components["schemas"]["Backfill"][];
            next?: string;
        };
        ListedCheckpointView: {
            items?: components["schemas"]["CheckpointView"][];
            next?: string;
        };
        ListedConnectionView: {
            items?: components["schemas"]["ConnectionView"][];
            next?: string;
        };
        ListedConnectorView: {
            items?: components["schemas"]["ConnectorView"][];
            next?: string;
        };
        ListedEntry: {
            items?: components["schemas"]["Entry"][];
            next?: string;
        };
        ListedErrorKind: {
            items?: components["schemas"]["ErrorKind"][];
            next?: string;
        };
        ListedJobStatus: {
            items?: components["schemas"]["JobStatus"][];
            next?: string;
        };
        ListedLogFileView: {
            items?: components["schemas"]["LogFileView"][];
            next?: string;
        };
        ListedLogged: {
            items?: components["schemas"]["Logged"][];
            next?: string;
        };
        ListedPartitionProgress: {
            items?: components["schemas"]["PartitionProgress"][];
            next?: string;
        };
        ListedRunEvent: {
            items?: components["schemas"]["RunEvent"][];
            next?: string;
        };
        ListedRunView: {
            items?: components["schemas"]["RunView"][];
            next?: string;
        };
        ListedScopeElement: {
            items?: components["schemas"]["ScopeElement"][];
            next?: string;
        };
        ListedSourceState: {
            items?: components["schemas"]["SourceState"][];
            next?: string;
        };
        ListedState: {
            items?: components["schemas"]["State"][];
            next?: string;
        };
        ListedVanished: {
            items?: components["schemas"]["Vanished"][];
            next?: string;
        };
        LogFileView: {
            /** Format: int64 */
            bytes?: number;
            current?: boolean;
            /** Format: date-time */
            from?: string;
            name?: string;
            /** Format: date-time */
            to?: string;
        };
        Logged: {
            /** Format: date-time */
            at?: string;
            code?: string;
            /** Format: int64 */
            count?: number;
            /** Format: int64 */
            id?: number;
            /** @enum {string} */
            level?: "ERROR" | "WARN" | "INFO" | "DEBUG" | "TRACE";
            message?: string;
            node?: string;
            stream?: string;
        };
        LogLine: {
            /** Format: date-time */
            at?: string;
            connection?: string;
            error?: string;
            /** @enum {string} */
            level?: "ERROR" | "WARN" | "INFO" | "DEBUG" | "TRACE";
            logger?: string;
            message?: string;
            requestId?: string;
            run?: string;
            stream?: string;
            thread?: string;
        };
        MissingRight: {
            consequence?: string;
            remedy?: string;
            required?: boolean;
            right?: string;
        };
        NetworkInput: {
            caCertificate?: string;
            proxy?: string;
        };
        OrchestratorView: {
            /** Format: int64 */
            activated?: number;
            queue?: components["schemas"]["JobStatus"][];
            reason?: string;
            running?: components["schemas"]["JobStatus"][];
            settings?: components["schemas"]["SettingsView"];
            /** Format: date-time */
            since?: string;
            /** @enum {string} */
            state?: "RUNNING" | "PAUSED";
        };
        PartitionProgress: {
            /** Format: int64 */
            deleted?: number;
            /** Format: date-time */
            endedAt?: string;
            eta?: components["schemas"]["Eta"];
            /** Format: int64 */
            expected?: number;
            /** Format: int64 */
            inserted?: number;
            label?: string;
            /** Format: int64 */
            pages?: number;
            partition?: string;
            /** Format: double */
            percent?: number;
            /** Format: int64 */
            quarantined?: number;
            /** Format: int64 */
            read?: number;
            /** Format: double */
            rowsPerSecond?: number;
            standing?: components["schemas"]["Standing"];
            /** Format: date-time */
            startedAt?: string;
            stream?: string;
            streamLabel?: string;
            /** Format: int64 */
            unchanged?: number;
            /** Format: int64 */
            updated?: number;
            waits?: components["schemas"]["RunWait"];
        };
        Picture: {
            budgets?: components["schemas"]["BudgetGauge"][];
            jobs?: components["schemas"]["JobStatus"][];
            runs?: components["schemas"]["RunReport"][];
            /** Format: int64 */
            version?: number;
        };
        Problem: {
            /** @description stable, for programs */
            code: string;
            detail: string;
            errors?: {
                /** @description path in the body, or parameter */
                field?: string;
                message?: string;
            }[];
            instance?: string;
            /** @description what to do about it */
            remedy: string;
            requestId: string;
            /** Format: int32 */
            status: number;
            title: string;
            type: string;
        };
        Recent: {
            complete?: boolean;
            items?: components["schemas"]["LogLine"][];
        };
        RefusedView: {
            reason?: string;
            /** Format: date-time */
            since?: string;
            stream?: string;
            streamLabel?: string;
        };
        Rewinding: {
            consequence?: string;
            kept?: components["schemas"]["Kept"][];
            /** Format: int64 */
            partitions?: number;
            rewound?: components["schemas"]["Rewound"][];
            /** Format: int64 */
            streams?: number;
            /** Format: date-time */
            to?: string;
        };
        RewindRequest: {
            partition?: string;
            reason: string;
            stream?: string;
            /** Format: date-time */
            to: string;
        };
        Rewound: {
            /** Format: date-time */
            from?: string;
            label?: string;
            partition?: string;
            stream?: string;
            walkGivenUp?: boolean;
            /** Format: date-time */
            watermark?: string;
        };
        Right: {
            name?: string;
            required?: boolean;
            why?: string;
        };
        RunChange: {
            /** Format: int64 */
            jobId?: number;
            progress?: components["schemas"]["RunProgress"];
            run?: components["schemas"]["RunView"];
            /** Format: int64 */
            runId?: number;
            /** Format: int64 */
            version?: number;
        };
        RunEvent: {
            /** Format: date-time */
            happenedAt?: string;
            /** Format: int64 */
            id?: number;
            kind?: string;
            message?: string;
            /** Format: int64 */
            runId?: number;
        };
        RunProgress: {
            /** Format: int64 */
            deleted?: number;
            eta?: components["schemas"]["Eta"];
            /** Format: int64 */
            expected?: number;
            /** Format: int64 */
            inserted?: number;
            /** Format: int64 */
            pages?: number;
            /** Format: double */
            percent?: number;
            /** Format: int64 */
            quarantined?: number;
            /** Format: int64 */
            read?: number;
            /** Format: double */
            rowsPerSecond?: number;
            /** Format: int32 */
            streams?: number;
            /** Format: int32 */
            streamsEnded?: number;
            /** Format: int64 */
            unchanged?: number;
            /** Format: int64 */
            updated?: number;
            waits?: components["schemas"]["RunWait"];
        };
        RunReport: {
            progress?: components["schemas"]["RunProgress"];
            run?: components["schemas"]["RunView"];
            streams?: components["schemas"]["StreamProgress"][];
        };
        RunView: {
            /** Format: int32 */
            attempts?: number;
            /** Format: date-time */
            endedAt?: string;
            error?: components["schemas"]["Failure"];
            forced?: boolean;
            /** Format: int64 */
            id?: number;
            /** Format: int64 */
            jobId?: number;
            reason?: string;
            /** Format: date-time */
            resumesAt?: string;
            /** Format: date-time */
            startedAt?: string;
            /** @enum {string} */
            state?: "RUNNING" | "WAITING" | "FINISHED" | "FAILED" | "STOPPED";
            /** @enum {string} */
            waitsFor?: "SOURCE" | "PAUSED" | "MAINTENANCE" | "ACTIVATION";
            /** @enum {string} */
            wish?: "ACTIVATION" | "MAINTENANCE" | "PAUSE" | "STOP";
        };
        RunWait: {
            reason?: string;
            /** Format: date-time */
            until?: string;
            /** @enum {string} */
            waitsFor?: "SOURCE" | "PAUSED" | "MAINTENANCE" | "ACTIVATION";
        };
        ScheduleInput: {
            cron?: string;
            /** Format: int64 */
            intervalSeconds?: number;
            /** @enum {string} */
            misfire?: "once" | "skip";
            reason?: string;
            zone?: string;
        };
        ScheduleView: {
            cron?: string;
            /** Format: int64 */
            intervalSeconds?: number;
            /** @enum {string} */
            misfire?: "once" | "skip";
            next?: string[];
            standard?: boolean;
            zone?: string;
        };
        ScopeElement: {
            attributes?: {
                [key: string]: string;
            };
            externalId?: string;
            instance?: string;
            label?: string;
            name?: string;
        };
        ScopeInput: {
            exclude?: string[];
            include?: string[];
        };
        SettingsInput: {
            /** Format: int64 */
            intervalSeconds?: number;
            /** Format: int32 */
            keepRunsDays?: number;
            /** Format: int32 */
            maxActive?: number;
            reason?: string;
            /** Format: int32 */
            retries?: number;
            /** Format: int64 */
            retryAfterSeconds?: number;
            /** Format: int64 */
            version?: number;
        };
        SettingsView: {
            /** Format: int64 */
            intervalSeconds?: number;
            /** Format: int32 */
            keepRunsDays?: number;
            /** Format: int32 */
            maxActive?: number;
            /** Format: int32 */
            retries?: number;
            /** Format: int64 */
            retryAfterSeconds?: number;
            /** Format: int64 */
            version?: number;
        };
        SourceState: {
            /** Format: date-time */
            downSince?: string;
            lastFailure?: string;
            origin?: string;
            /** Format: date-time */
            probeAt?: string;
            proxy?: string;
            /** @enum {string} */
            state?: "UP" | "DOWN" | "PROBING";
        };
        Standing: {
            /** Format: date-time */
            readBackTo?: string;
            /** Format: date-time */
            readUpTo?: string;
            /** Format: date-time */
            upToDateAsOf?: string;
            words?: string;
        };
        State: {
            /** Format: int64 */
            allowance?: number;
            /** Format: date-time */
            blockedUntil?: string;
            budgetKey?: string;
            reason?: string;
            /** Format: int64 */
            remaining?: number;
            /** Format: date-time */
            resetsAt?: string;
            resource?: string;
        };
        Steered: {
            consequence?: string;
            job?: components["schemas"]["JobStatus"];
            /** Format: int64 */
            openWalks?: number;
            /** Format: int64 */
            rowsKept?: number;
        };
        StreamChange: {
            /** Format: int64 */
            jobId?: number;
            /** Format: int64 */
            runId?: number;
            stream?: components["schemas"]["StreamProgress"];
            /** Format: int64 */
            version?: number;
        };
        StreamFreshness: {
            label?: string;
            /** Format: date-time */
            readAt?: string;
            stream?: string;
            /** Format: int64 */
            unreadable?: number;
        };
        StreamProgress: {
            /** Format: int64 */
            deleted?: number;
            eta?: components["schemas"]["Eta"];
            /** Format: int64 */
            expected?: number;
            /** Format: int64 */
            inserted?: number;
            label?: string;
            open?: components["schemas"]["PartitionProgress"][];
            /** Format: int64 */
            pages?: number;
            /** Format: int32 */
            partitions?: number;
            /** Format: int32 */
            partitionsEnded?: number;
            /** Format: double */
            percent?: number;
            /** Format: int64 */
            quarantined?: number;
            /** Format: int64 */
            read?: number;
            /** Format: double */
            rowsPerSecond?: number;
            /** @enum {string} */
            state?: "TO_COME" | "READING" | "ENDED";
            stream?: string;
            /** Format: int64 */
            unchanged?: number;
            /** Format: int64 */
            updated?: number;
            waits?: components["schemas"]["RunWait"];
        };
        Target: {
            id?: string;
            /** @enum {string} */
            page?: "JOB" | "RUN" | "CONNECTION" | "QUARANTINE" | "COVERAGE" | "VANISHED" | "TOKEN" | "ORCHESTRATOR";
        };
        TestOutcome: {
            delivered?: boolean;
            detail?: string;
        };
        Told: {
            /** Format: int32 */
            attempts?: number;
            error?: string;
            /** Format: int64 */
            id?: number;
            /** @enum {string} */
            kind?: "TROUBLE" | "RECOVERY" | "TEST";
            /** Format: date-time */
            nextAt?: string;
            /** Format: date-time */
            settledAt?: string;
            /** @enum {string} */
            state?: "WAITING" | "SENT" | "GIVEN_UP";
        };
        Vanished: {
            /** Format: date-time */
            approvedAt?: string;
            externalId?: string;
            /** Format: int64 */
            id?: number;
            /** Format: date-time */
            noticedAt?: string;
            partition?: string;
            stream?: string;
        };
        Wanted: {
            /** Format: date-time */
            from?: string;
            partition?: string;
            stream?: string;
            /** Format: date-time */
            to?: string;
        };
        Watched: {
            /** Format: int32 */
            budgetBelowPercent?: number;
            conditions?: ("JOB_FAILED" | "JOB_LATE" | "BUDGET_LOW" | "QUARANTINE_GROWING")[];
            connections?: number[];
            /** Format: int32 */
            lateAfter?: number;
            /** Format: int32 */
            quarantinePerHour?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_1: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "id" | "-id" | "name" | "-name";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedAlert"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_1: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_1: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_1: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_1: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    test: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestOutcome"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    all_6: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttentionList"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_2: {
        parameters: {
            query?: {
                action?: string;
                actor?: string;
                cursor?: string;
                from?: string;
                limit?: number;
                target?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEvents"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    all_5: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "budgetKey" | "-budgetKey";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedState"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "id" | "-id" | "name" | "-name";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedConnectionView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discover: {
        parameters: {
            query?: {
                limit?: number;
                query?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedScopeElement"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    estimate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EstimateView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scope: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScopeInput"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scope_1: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScopeInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScopeInput"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_1: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discover_1: {
        parameters: {
            query?: {
                limit?: number;
                query?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedScopeElement"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    estimate_1: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EstimateView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    connectors: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "label" | "-label";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedConnectorView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listen: {
        parameters: {
            query?: {
                jobs?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events, each named snapshot, job, run, stream or budget */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Picture"] | components["schemas"]["JobChange"] | components["schemas"]["RunChange"] | components["schemas"]["StreamChange"] | components["schemas"]["BudgetChange"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    all_4: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreshnessList"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    all_3: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "id" | "-id" | "name" | "-name";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedJobStatus"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_4: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobStatus"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Control"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Steered"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackfillRequest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backfill"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    backfills: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "id" | "-id";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedBackfill"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: never;
            path: {
                backfill: number;
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkpoints: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "stream" | "-stream";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedCheckpointView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rewind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RewindRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rewinding"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    coverage: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "name" | "-name";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoverageView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    byKind: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "lastSeen" | "-lastSeen" | "count" | "-count";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedErrorKind"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pause_1: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Control"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Steered"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_1: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Control"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Steered"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runs: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "id" | "-id";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedRunView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    choose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_1: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Control"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Steered"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Control"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Steered"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    vanished: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "id" | "-id";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedVanished"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Approval"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Control"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobStatus"][];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cleanup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Cleanup"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cleaned"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    files: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "to" | "-to" | "bytes" | "-bytes";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedLogFileView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recent: {
        parameters: {
            query?: {
                level?: "ERROR" | "WARN" | "INFO" | "DEBUG" | "TRACE";
                limit?: number;
                run?: number;
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recent"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_1: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestratorView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pause: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Control"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestratorView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Control"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestratorView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Control"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestratorView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    all_2: {
        parameters: {
            query?: {
                connection?: number;
                cursor?: string;
                limit?: number;
                sort?: "id" | "-id" | "lastSeen" | "-lastSeen" | "seen" | "-seen";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedEntry"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_3: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Control"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    all_1: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "id" | "-id";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedRunView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one_2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    errors: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "id" | "-id";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedRunEvent"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    events: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "id" | "-id";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedRunEvent"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    log: {
        parameters: {
            query?: {
                cursor?: string;
                level?: "ERROR" | "WARN" | "INFO" | "DEBUG" | "TRACE";
                limit?: number;
                sort?: "id" | "-id";
                stream?: string;
                text?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedLogged"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    progress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunReport"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streams: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "stream" | "-stream";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedPartitionProgress"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    all: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                sort?: "origin" | "-origin";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedSourceState"];
                };
            };
            /** @description What went wrong (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
