/**
 * Types and blocks for which the provider plans a default only for some values of another attribute (it suppresses the difference for the
 * others, and plans null): type, or type and path of a nested block → that attribute, or the block whose absence decides.
 */
export const DECIDING_SIBLINGS: ReadonlyMap<string, string> = new Map([
  ['aws_alb', 'load_balancer_type'],
  ['aws_ecs_service', 'scheduling_strategy'],
  ['aws_instance', 'network_interface'],
  ['aws_lb', 'load_balancer_type'],
  ['aws_spot_instance_request', 'network_interface'],
  ['aws_alb_target_group.stickiness', 'type'],
  ['aws_lb_target_group.stickiness', 'type'],
]);
