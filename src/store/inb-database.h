/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef enum
{
  INB_DATABASE_READ,
  INB_DATABASE_WRITE,
} InbDatabaseMode;

typedef struct _InbDatabase InbDatabase;

InbDatabase *inb_database_open (const char *root, InbDatabaseMode mode, GError **error);
void inb_database_close (InbDatabase *self);
gboolean inb_database_check (InbDatabase *self, GError **error);

gboolean inb_database_run (InbDatabase *self, const char *sql, GError **error);
sqlite3_stmt *inb_database_prepare (InbDatabase *self, const char *sql, GError **error);
gboolean inb_database_step (InbDatabase *self, sqlite3_stmt *statement, gboolean *has_row,
                            GError **error);
gboolean inb_database_finish (InbDatabase *self, sqlite3_stmt *statement, GError **error);
gint64 inb_database_get_int (InbDatabase *self, const char *sql);

typedef void (*InbDatabaseFunction) (sqlite3_context *context, int n_values,
                                     sqlite3_value **values);
gboolean inb_database_add_function (InbDatabase *self, const char *name,
                                    InbDatabaseFunction function, GError **error);
void inb_database_interrupt (InbDatabase *self);

gboolean inb_database_begin (InbDatabase *self, GError **error);
gboolean inb_database_commit (InbDatabase *self, GError **error);
void inb_database_rollback (InbDatabase *self);

void inb_database_bind_text (sqlite3_stmt *statement, int index, const char *text);

typedef sqlite3_stmt InbStatement;
void inb_statement_free (InbStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbStatement, inb_statement_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDatabase, inb_database_close)

G_END_DECLS
