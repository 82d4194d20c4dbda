/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stand-in services: what the parts of inb-stand-in know of each other. README.md beside this
 * file says how the program is used. It shares no code with the program under test, so that a
 * mistake is never made twice. */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef enum
{
  SI_STEP_UPLOAD,
  SI_STEP_SUBMIT,
  SI_STEP_POLL,
  SI_STEP_RESULT,
  SI_STEP_DOWNLOAD,
  SI_STEP_CANCEL,
  SI_STEP_HISTORY,
  SI_STEP_BALANCE,
} SiStep;
#define SI_N_STEPS (SI_STEP_BALANCE + 1)

/* Why a service says no; each service has its own words and numbers for it. */
typedef enum
{
  SI_NO_KEY,
  SI_BAD_KEY,
  SI_POOR,
  SI_PLAN,
  SI_RATE,
  SI_BUSY,
  SI_MISSING,
  SI_INPUT,
  SI_GONE,
  SI_NO_MODEL,
} SiWhy;

typedef enum
{
  SI_JOB_QUEUED,
  SI_JOB_RUNNING,
  SI_JOB_DONE,
  SI_JOB_FAILED,
  SI_JOB_CANCELLED,
  SI_JOB_GONE,
} SiJobState;

#define SI_MAX_CLIPS 4

/* One accepted job, which is one thing billed. */
typedef struct
{
  char *service;
  char *id;
  char *account; /* the key it was made with */
  char *idempotency_key;
  char *reference; /* Kling's external_task_id */
  char *model;
  char *message;     /* what a forced verdict says */
  JsonNode *input;   /* the body, for services that give it back */
  GPtrArray *images; /* of every picture "url", or "raw" or "data" and its SHA-256 */
  SiJobState forced;
  gboolean is_forced;
  guint wanted; /* running answers before success */
  guint asked;  /* answers given */
  guint clips;
  guint nonce; /* changes when the result addresses expire */
  guint64 covered[SI_MAX_CLIPS];
  gboolean refunded;
  gint64 created; /* ms since 1970 */
} SiJob;

typedef struct
{
  guint submits, billed, polls, uploads, cancels, downloads, histories;
} SiCounts;

typedef struct _SiRule SiRule;

typedef struct
{
  SoupServer *server;
  SoupServer *elsewhere;
  guint16 port;
  char *origin; /* http://127.0.0.1:PORT */
  guint polls;
  gboolean inline_clips; /* the gateway's results as base64 inside the answer */
  GBytes *clip;
  guint64 clip_size; /* ≥ the size of clip: the rest is one free box */
  char *clip_etag;

  GPtrArray *jobs;        /* SiJob, oldest first */
  GHashTable *jobs_by_id; /* "service id" → SiJob */
  GHashTable *attempts;   /* "service key" → POSTs that carried it */
  GHashTable *counts;     /* service → SiCounts */
  GHashTable *files;      /* id → SiFile */
  GQueue *requests;       /* JsonNode, newest last */
  JsonArray *leaks;
  guint followed, hits_elsewhere, strays;
  GHashTable *creates; /* account → GArray of times, for the limit a minute */
  SiJob *next;         /* what the next jobs get from POST /jobs with id "next" */
  char *next_service;

  GPtrArray *rules;
} SiStand;

typedef struct _SiCall SiCall;

typedef struct
{
  const char *method;
  const char *pattern; /* {} stands for one segment, which is handed over in call->part */
  SiStep step;
  void (*handle) (SiCall *call);
  guint flags;
  SiJob *(*find) (SiCall *call); /* whose job it is; NULL: after the first {} */
} SiRoute;

#define SI_OPEN 1    /* no key is asked */
#define SI_BODY 2    /* the body is a JSON object */
#define SI_LATE 4    /* the poll that finds the job done is the step "result" */
#define SI_BY_NAME 8 /* asked after by the client's own name for it, it is the step "history" */

typedef struct
{
  const char *id;
  gboolean (*enter) (
      SiCall *call); /* checks the key; answers and returns FALSE when it is refused */
  void (*refuse) (SiCall *call, SiWhy why, const char *field, const char *message);
  void (*error) (SiCall *call, guint status, const char *message);
  const SiRoute *routes;
} SiService;

/* One request and what becomes of it. */
struct _SiCall
{
  SiStand *stand;
  SoupServerMessage *message;
  const SiService *service;
  const SiRoute *route;
  SiStep step;
  const char *method;
  char *path;
  GHashTable *query;
  char *part[2];
  JsonNode *body;
  JsonObject *in;
  char *key;
  GPtrArray *images;
  SiJob *job;
  SiRule *rule;

  /* the answer */
  guint status;
  char *type;
  GPtrArray *headers; /* name, value, name, value … */
  GBytes *bytes;
  /* of a clip: what of it, which bytes */
  gboolean is_clip;
  guint clip;
  guint64 from, length;
  gboolean carries_clips; /* the clips are inside this answer */
};

typedef enum
{
  SI_FIELD_STRING,
  SI_FIELD_INTEGER,
  SI_FIELD_NUMBER,
  SI_FIELD_BOOLEAN,
  SI_FIELD_OBJECT,
  SI_FIELD_ARRAY,
  SI_FIELD_IMAGE,
} SiFieldKind;

#define SI_REQUIRED 1
#define SI_NOT_EMPTY 2
#define SI_IMAGE_URL 4
#define SI_IMAGE_RAW 8
#define SI_IMAGE_DATA 16
#define SI_IMAGE_PUBLIC 32 /* https and not this machine, or a file uploaded here */

typedef struct
{
  const char *name;
  SiFieldKind kind;
  guint flags;
  const char *values; /* "5|10"; "0-1" for numbers means a range */
  guint longest;      /* in characters; 0: any length */
} SiField;

/* stand-in-json.c */
char *si_text (const char *template, ...);
void si_say (SiCall *call, guint status, const char *template, ...);
void si_header (SiCall *call, const char *name, const char *value);

typedef enum
{
  SI_DUMP_PLAIN,
  SI_DUMP_TYPES,
  SI_DUMP_HUGE_EXPONENT,
  SI_DUMP_OVERFLOW,
  SI_DUMP_NUL,
  SI_DUMP_OTHER,
  SI_DUMP_SHORT,
} SiDump;
char *si_dump (JsonNode *node, SiDump how);
char *si_time (gint64 milliseconds);
const char *si_string (JsonObject *object, const char *name);
JsonObject *si_object (JsonObject *object, const char *name);

/* stand-in-check.c */
gboolean si_check (SiCall *call, JsonObject *object, const SiField *fields);
char *si_check_image (SiCall *call, const char *text, guint flags, const char *media_type);
const char *si_magic (const guchar *data, gsize size);
gboolean si_key_says (const char *key, const char *word);
gboolean si_enter_with (SiCall *call, const char *header, const char *scheme);

/* stand-in-ledger.c */
void si_ledger_init (SiStand *stand);
void si_ledger_clear (SiStand *stand);
SiCounts *si_counts (SiStand *stand, const char *service);
SiJob *si_job_new (SiCall *call, char *id, const char *reference);
SiJob *si_job_find (SiStand *stand, const char *service, const char *id);
SiJob *si_job_find_by (SiStand *stand, const char *service, const char *idempotency_key,
                       const char *reference);
SiJobState si_job_peek (SiJob *job);
SiJobState si_job_ask (SiJob *job);
char *si_job_url (SiStand *stand, SiJob *job, guint clip);
gboolean si_job_delivered (SiStand *stand, SiJob *job);
void si_job_covered (SiStand *stand, SiJob *job, guint clip, guint64 from, guint64 to);
const char *si_job_message (SiJob *job, const char *otherwise);
void si_attempt (SiCall *call, const char *key);
void si_remember (SiCall *call);
void si_leak (SiCall *call, const char *where);
void si_control (SiCall *call);

/* stand-in-script.c */
SiRule *si_rule_take (SiStand *stand, const char *service, SiStep step);
const char *si_rule_do (SiRule *rule);
gboolean si_rule_accepts (SiRule *rule);
gint64 si_rule_number (SiRule *rule, const char *name, gint64 otherwise);
JsonObject *si_rule_object (SiRule *rule);
void si_script_clear (SiStand *stand);
char *si_script_add (SiStand *stand, JsonNode *node);

/* stand-in-fault.c */
gboolean si_fault_is_known (const char *name);
gboolean si_fault_accepts (const char *name);
gboolean si_fault_apply (SiCall *call);

/* stand-in-spoil.c */
gboolean si_fault_json (SiCall *call);

/* stand-in-raw.c */
typedef struct _SiRaw SiRaw;
SiRaw *si_raw_new (SiCall *call);
void si_raw_text (SiRaw *raw, const char *text);
void si_raw_bytes (SiRaw *raw, GBytes *bytes);
void si_raw_repeat (SiRaw *raw, GBytes *bytes, guint64 times); /* G_MAXUINT64: without end */
void si_raw_body (SiRaw *raw, guint64 from, guint64 length);   /* of the answer or the clip */
void si_raw_drip (SiRaw *raw, guint milliseconds);             /* from here on one byte at a time */
void si_raw_hold (SiRaw *raw);                                 /* waits until the other side goes */
void si_raw_reset (SiRaw *raw);                                /* ends with RST instead of FIN */
void si_raw_start (SiRaw *raw);
char *si_raw_head (SiCall *call, const char *framing);

/* stand-in-clips.c */
void si_clips_init (SiStand *stand, GBytes *clip, guint64 size);
gsize si_clip_read (SiStand *stand, guint64 offset, guchar *buffer, gsize size);
void si_clip_send (SiCall *call);

/* stand-in-files.c */
char *si_file_new (SiCall *call, const char *media_type);
char *si_file_put_url (SiStand *stand, const char *id);
char *si_file_url (SiStand *stand, const char *id);
gboolean si_form_part (SiCall *call, const char *name, GBytes **bytes, char **type);
gboolean si_file_take (SiCall *call, const char *id, const char *media_type, GBytes *bytes,
                       char **why);
gboolean si_file_is_here (SiStand *stand, const char *url);
gboolean si_file_forget (SiStand *stand, const char *id);
const char *si_file_service (SiStand *stand, const char *id);
void si_files_clear (SiStand *stand);
JsonNode *si_files_dump (SiStand *stand);

/* stand-in-call.c */
void si_call_cb (SoupServer *server, SoupServerMessage *message, const char *path,
                 GHashTable *query, gpointer user_data);

extern const SiService si_clips, si_files, si_wavespeed, si_eachlabs, si_novita, si_highway,
    si_kling, si_fal, si_replicate, si_gateway;

G_END_DECLS
