import { clusterAdmin, clustersWithOwnEntry } from '../clusters.js';
import type { Technique } from '../technique.js';

/** Give its own access entry of a cluster all rights, and run pods with their roles. */
export const associateAccessPolicy: Technique = {
  id: 'X24',
  title: 'Give its own access entry of a cluster all rights, and run pods with their roles',
  documentation: [
    'Amazon EKS API Reference, "AssociateAccessPolicy"',
    'Amazon EKS User Guide, "Grant IAM users access to Kubernetes with EKS access entries"',
  ],
  gain: 'become',
  needs: [{ action: 'eks:AssociateAccessPolicy', on: 'entry', contexts: clusterAdmin }],
  prerequisite: clustersWithOwnEntry,
};
