/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "passwords.h"

#include "secrets.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

/* 32 MiB and three passes: about 60 ms on a small machine, above what OWASP asks for argon2id (19 MiB, 2). */
#define OPERATIONS 3
#define MEMORY (32u << 20)
#define THREADS 2
#define MOST_WAITING 64

struct _BatonPasswords
{
  GThreadPool *pool;
  char *nobody; /* hash of a password that nobody knows */
};

typedef struct
{
  char *password;
  char *encoded; /* to check against; NULL: hash */
  gboolean real; /* encoded is an account's */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  baton_secret_free (job->password);
  g_free (job->encoded);
  g_free (job);
}

char *
baton_password_hash (const char *password)
{
  char out[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str_alg (
          out, password, strlen (password), OPERATIONS, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return NULL;
  return g_strdup (out);
}

static void
work (gpointer data, gpointer unused)
{
  g_autoptr (GTask) task = data;
  const Job *job = g_task_get_task_data (task);

  if (job->encoded != NULL)
    {
      gboolean fits = crypto_pwhash_str_verify (job->encoded, job->password, strlen (job->password)) == 0;

      g_task_return_boolean (task, fits && job->real);
    }
  else
    {
      char *encoded = baton_password_hash (job->password);

      if (encoded != NULL)
        g_task_return_pointer (task, encoded, g_free);
      else
        g_task_return_new_error (
            task, G_IO_ERROR, G_IO_ERROR_BUSY, "%s", _ ("There is not enough memory for this now."));
    }
}

BatonPasswords *
baton_passwords_new (void)
{
  BatonPasswords *passwords = g_new0 (BatonPasswords, 1);
  g_autofree char *secret = NULL;

  if (sodium_init () < 0)
    g_error ("libsodium cannot be initialised");
  secret = baton_secret_new ();
  passwords->nobody = baton_password_hash (secret);
  passwords->pool = g_thread_pool_new (work, NULL, THREADS, FALSE, NULL);
  return passwords;
}

void
baton_passwords_free (BatonPasswords *passwords)
{
  g_thread_pool_free (passwords->pool, FALSE, TRUE);
  g_free (passwords->nobody);
  g_free (passwords);
}

const char *
baton_password_complaint (const char *password)
{
  if (password == NULL || !g_utf8_validate (password, -1, NULL))
    return _ ("A password is needed.");
  if (g_utf8_strlen (password, -1) < BATON_PASSWORD_LEAST)
    return _ ("The password is too short: at least 8 characters.");
  if (strlen (password) > BATON_PASSWORD_MOST)
    return _ ("The password is too long: at most 1,000 bytes.");
  return NULL;
}

static void
push (BatonPasswords *passwords, Job *job, GAsyncReadyCallback callback, gpointer data, gpointer tag)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, job_free);
  if (g_thread_pool_unprocessed (passwords->pool) >= MOST_WAITING)
    g_task_return_new_error (
        task, G_IO_ERROR, G_IO_ERROR_BUSY, "%s", _ ("Too many are signing in at this moment."));
  else
    g_thread_pool_push (passwords->pool, g_steal_pointer (&task), NULL);
}

void
baton_passwords_hash_async (
    BatonPasswords *passwords, const char *password, GAsyncReadyCallback callback, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->password = g_strdup (password);
  push (passwords, job, callback, data, baton_passwords_hash_async);
}

char *
baton_passwords_hash_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
baton_passwords_check_async (BatonPasswords *passwords, const char *password, const char *encoded,
    GAsyncReadyCallback callback, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->password = g_strdup (password);
  job->encoded = g_strdup (encoded != NULL ? encoded : passwords->nobody);
  job->real = encoded != NULL;
  push (passwords, job, callback, data, baton_passwords_check_async);
}

gboolean
baton_passwords_check_finish (GAsyncResult *result, gboolean *fits, GError **error)
{
  g_autoptr (GError) local = NULL;

  *fits = g_task_propagate_boolean (G_TASK (result), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
