import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { customerApi } from '../api/customer-api.js';
import { messageOf } from '../api/failures.js';
import { keepSession } from '../api/session.js';
import { PageLoading } from '../ui/page-loading.js';
import { EntryCard } from './entry-card.js';

/** Where the link of a public customer leads: it lets anybody in, to look. */
export function PublicPage() {
  const { publicId = '' } = useParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { mutate, isError, error } = useMutation({
    mutationFn: () => customerApi.signInPublicly(publicId),
    onSuccess: (tokens) => {
      keepSession(tokens);
      client.clear();
      void navigate('/', { replace: true });
    },
  });
  useEffect(() => mutate(), [mutate]);
  if (!isError) return <PageLoading />;
  return (
    <EntryCard title="This link does not work" summary={`${messageOf(error)} Ask whoever gave it to you for a new one.`}>
      <Button component={Link} to="/sign-in" variant="default" fullWidth>
        Go to sign-in
      </Button>
    </EntryCard>
  );
}
