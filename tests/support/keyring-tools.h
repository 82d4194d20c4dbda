/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A session bus and a home of one's own, and on that bus a real keyring, or one that hangs or lies.
 */

#define KEYRING_TOOLS_CANARY "canary-4f1d7a90c2e84b55"

gboolean keyring_tools_has_daemon (void);

void keyring_tools_begin_bus (void);
void keyring_tools_begin_without_bus (void);
void keyring_tools_end (void);
void keyring_tools_end_unanswered (void);
const char *keyring_tools_get_home (void);

void keyring_tools_start_daemon (void);
void keyring_tools_stop_daemon (void);
void keyring_tools_stop_bus (void);
void keyring_tools_lock (void);
guint keyring_tools_count_items (const char *provider);

/**
 * KeyringLie:
 * @about: member of an interface that is answered wrongly; %NULL ends the list
 * @type: type string of the answer's body
 * @body: it, as g_variant_parse() reads it; "SECRET" in it stands for the bytes of @secret
 * @secret: (nullable): see @body
 *
 * What a keyring that lies says instead.
 */
typedef struct
{
  const char *about;
  const char *type;
  const char *body;
  const char *secret;
} KeyringLie;

/* lies: NULL: it never answers anything */
void keyring_tools_start_fake (const KeyringLie *lies);
guint keyring_tools_count_calls (void);

char **keyring_tools_find_files_with (const char *folder, const char *text);

G_END_DECLS
