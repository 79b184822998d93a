/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* argon2id in two threads of its own, so that neither the processor nor the memory of the machine goes to
 * those who sign in. Hashing and checking cost the same time, whether there is such an account or not. */
typedef struct _BatonPasswords BatonPasswords;

#define BATON_PASSWORD_LEAST 8   /* characters */
#define BATON_PASSWORD_MOST 1000 /* bytes */

BatonPasswords *baton_passwords_new (void);
void baton_passwords_free (BatonPasswords *passwords); /* waits for what is under way */

/* NULL when there is nothing wrong with it, else a sentence. */
const char *baton_password_complaint (const char *password);

/* Hashes. Finish gives the text form (transfer full); G_IO_ERROR_BUSY when too many wait. */
void baton_passwords_hash_async (
    BatonPasswords *passwords, const char *password, GAsyncReadyCallback callback, gpointer data);
char *baton_passwords_hash_finish (GAsyncResult *result, GError **error);

/* Compares with a text form; with NULL it takes its time and says no. */
void baton_passwords_check_async (BatonPasswords *passwords, const char *password, const char *encoded,
    GAsyncReadyCallback callback, gpointer data);
gboolean baton_passwords_check_finish (GAsyncResult *result, gboolean *fits, GError **error);

/* For a program that has nothing else to do. */
char *baton_password_hash (const char *password);

G_END_DECLS
